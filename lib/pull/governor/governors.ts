import { type Observable, merge } from 'rxjs';
import type { Gate } from '../../confluence/gate.js';
import type { RequestLane } from '../../core/request-lane.js';
import type { EventBody } from '../../events/events.js';
import { Governor } from './governor.js';
import type { GovernorStats } from './governor-options.js';
import type { Chance } from '../run/pull-deps.js';
import type { ResolvedOptions } from '../run/pull-options.js';

/** The governor of the API, and the one of the media host, which shares neither its cap nor its holds. */
export interface Governors {
  readonly api: Governor;
  readonly media: Governor;
  /** Leads each request to its governor; retries are all counted by that of the API. */
  readonly gate: Gate;
  readonly notices$: Observable<EventBody>;
  /** Of the API, with what both have refused. */
  readonly stats: () => GovernorStats;
  readonly stopHolding: () => void;
  readonly dispose: () => void;
}

export const createGovernors = (options: ResolvedOptions, { now, random }: Chance): Governors => {
  const { concurrency, maxConcurrency, attachmentConcurrency, maxWaitMs, quotaReserve } = options;
  const common = { maxWaitMs, quotaReserve, now, random };
  const api = new Governor({ ...common, start: concurrency, max: maxConcurrency });
  const media = new Governor({
    ...common,
    start: attachmentConcurrency,
    max: 4 * attachmentConcurrency,
    host: 'media',
  });
  const of = (lane: RequestLane): Governor => (lane === 'media' ? media : api);
  return {
    api,
    media,
    gate: {
      admit: (lane, admission) => of(lane).admit(lane, admission),
      sample: (sample) => of(sample.lane).sample(sample),
      retry: (notice) => api.retry(notice),
      verdict: (refused) => api.verdict(refused),
      ending: api.ending,
    },
    stats: () => ({ ...api.stats, rateLimited: api.stats.rateLimited + media.stats.rateLimited }),
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
