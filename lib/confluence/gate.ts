import type { RequestLane, ResponseSample, RetryNotice } from '../core/request-lane.js';
import type { CredentialsError } from '../errors/credentials-error.js';
import { RateLimitWaitError } from '../errors/rate-limit-wait-error.js';

/** How a request waits for its turn. */
export interface Admission {
  readonly signal?: AbortSignal | undefined;
  /** Not before this time, in ms since the epoch: a retry waits for its turn. @default at once */
  readonly notBeforeMs?: number | undefined;
}

/** What stands between the HTTP client and the wire: the governor of a pull. */
export interface Gate {
  /** Resolves when a request of the lane may leave; call the result when its answer is there. */
  admit(lane: RequestLane, admission?: Admission): Promise<() => void>;
  /**
   * Told of every answered or failed attempt. After a 429 the request asks to be admitted again, so the gate must hold it;
   * after a 401 only the lane `identity` may pass until there is a verdict.
   */
  sample(sample: ResponseSample): void;
  retry(notice: RetryNotice): void;
  /** Aborted when the run is stopping and what is in flight has had its time to come to an end. */
  readonly ending: AbortSignal;
  /** Whether the credentials that were in doubt are refused, and so nothing more may leave. */
  verdict(refused: CredentialsError | undefined): void;
}

/** What becomes of a request that the end of the run cuts off. */
export const stoppedInFlight = (): RateLimitWaitError =>
  new RateLimitWaitError('The run was stopped before an answer had come to its end.');
