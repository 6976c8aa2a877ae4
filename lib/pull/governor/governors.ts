import { type Observable, merge, Subject } from 'rxjs';
import type { Gate } from '../../confluence/gate.js';
import type { RequestLane, ResponseSample } from '../../core/request-lane.js';
import type { EventBody } from '../../events/events.js';
import { Governor } from './governor.js';
import type { GovernorOptions, GovernorStats } from './governor-options.js';

/** What a user may set; downloads adapt up to four times their first number. */
interface GovernorsOptions extends Pick<GovernorOptions, 'maxWaitMs' | 'quotaReserve'> {
  readonly concurrency: number;
  readonly maxConcurrency: number;
  readonly attachmentConcurrency: number;
}

/** The governor of the API, and the one of the media host, which shares neither its cap nor its holds. */
export interface Governors {
  readonly api: Governor;
  readonly media: Governor;
  /** Leads each request to its governor; retries are all counted by that of the API. */
  readonly gate: Gate;
  readonly notices$: Observable<EventBody>;
  /** Every attempt of a request, as it is answered. */
  readonly samples$: Observable<ResponseSample>;
  /** Of the API, with what both have refused. */
  readonly stats: () => GovernorStats;
  readonly stopHolding: () => void;
  readonly dispose: () => void;
}

export const createGovernors = (
  options: GovernorsOptions,
  { now, random }: Pick<GovernorOptions, 'now' | 'random'>,
): Governors => {
  const { concurrency, maxConcurrency, attachmentConcurrency, maxWaitMs, quotaReserve } = options;
  const common = { maxWaitMs, quotaReserve, now, random };
  const api = new Governor({ ...common, start: concurrency, max: maxConcurrency });
  const media = new Governor({
    ...common,
    start: attachmentConcurrency,
    max: 4 * attachmentConcurrency,
    host: 'media',
  });
  const samples = new Subject<ResponseSample>();
  const of = (lane: RequestLane): Governor => (lane === 'media' ? media : api);
  return {
    api,
    media,
    gate: {
      admit: (lane, admission) => of(lane).admit(lane, admission),
      sample: (sample) => {
        samples.next(sample);
        of(sample.lane).sample(sample);
      },
      retry: (notice) => api.retry(notice),
      verdict: (refused) => api.verdict(refused),
      ending: api.ending,
    },
    stats: () => ({ ...api.stats, rateLimited: api.stats.rateLimited + media.stats.rateLimited }),
    samples$: samples,
    notices$: merge(api.notices$, media.notices$),
    stopHolding: () => {
      api.stopHolding();
      media.stopHolding();
    },
    dispose: () => {
      const reason = new DOMException('The run has ended.', 'AbortError');
      api.dispose(reason);
      media.dispose(reason);
    },
  };
};
