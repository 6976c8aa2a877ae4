import type { Lane, ResponseSample, RetryNotice } from '../core/lane.js';

/** What stands between the HTTP client and the wire: the governor of a pull, or {@link openGate}. */
export interface Gate {
  /** Resolves when a request of the lane may leave; call the result when its answer is there. */
  admit(lane: Lane, signal?: AbortSignal): Promise<() => void>;
  /** Told of every answered or failed attempt. */
  sample(sample: ResponseSample): void;
  retry(notice: RetryNotice): void;
}

/** Lets everything pass at once. */
export const openGate: Gate = {
  admit: () => Promise.resolve(() => undefined),
  sample: () => undefined,
  retry: () => undefined,
};
