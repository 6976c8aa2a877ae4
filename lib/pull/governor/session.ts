import { type Observable, Subject, merge } from 'rxjs';
import { type Gate, stoppedInFlight } from '../../confluence/gate.js';
import type { RequestLane, ResponseSample, RetryNotice } from '../../core/request-lane.js';
import type { EventBody } from '../../events/events.js';
import type { Governor } from './governor.js';
import type { GovernorStats } from './governor-options.js';
import { createGrace } from './grace.js';

/** One of those who share the governors: a pull. It stops and ends by itself. */
export interface Session {
  /** What its requests pass. */
  readonly gate: Gate;
  /** Of the governors, and the retries of its own. */
  readonly notices$: Observable<EventBody>;
  /** Every attempt of its requests, as it is answered. */
  readonly samples$: Observable<ResponseSample>;
  readonly stats: () => GovernorStats;
  /**
   * From now on it waits for no hold to end: what does is refused. What need not wait still leaves, and what is in flight has
   * some seconds.
   */
  readonly stopHolding: () => void;
  /** Its waiting requests are refused, what is in flight is aborted, and nothing of it leaves any more. */
  readonly dispose: () => void;
}

export interface SessionConfig {
  readonly api: Governor;
  readonly media: Governor;
  /** Told of every attempt. */
  readonly onSample: (sample: ResponseSample) => void;
}

const retryEvent = ({ lane, attempt, delayMs, status, code }: RetryNotice): EventBody => ({
  type: 'retry.scheduled',
  lane,
  attempt,
  delayMs: Math.round(delayMs),
  ...(status !== undefined && { status }),
  ...(code !== undefined && { code }),
});

/** Leads each request to its governor, and counts what is sent. */
export const openSession = ({ api, media, onSample }: SessionConfig): Session => {
  const party = {};
  const grace = createGrace();
  const samples = new Subject<ResponseSample>();
  const retried = new Subject<EventBody>();
  const counts = { requests: 0, retries: 0, rateLimited: 0 };
  const of = (lane: RequestLane): Governor => (lane === 'media' ? media : api);
  const all = [api, media];
  return {
    gate: {
      admit: (lane, admission) =>
        grace.ending.aborted
          ? Promise.reject(stoppedInFlight())
          : of(lane).admit(lane, { ...admission, party }),
      sample: (sample) => {
        if (sample.lane !== 'media') counts.requests += 1;
        if (sample.status === 429) counts.rateLimited += 1;
        samples.next(sample);
        onSample(sample);
        of(sample.lane).sample(sample);
      },
      retry: (notice) => {
        counts.retries += 1;
        retried.next(retryEvent(notice));
      },
      verdict: (refused) => api.verdict(refused),
      ending: grace.ending,
    },
    notices$: merge(api.notices$, media.notices$, retried),
    samples$: samples,
    stats: () => ({ ...counts, concurrency: api.limit }),
    stopHolding: () => {
      grace.begin();
      for (const governor of all) governor.stopHolding(party);
    },
    dispose: () => {
      grace.dispose();
      const reason = new DOMException('The run has ended.', 'AbortError');
      for (const governor of all) governor.dismiss(party, reason);
    },
  };
};
