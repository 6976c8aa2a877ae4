import { BehaviorSubject, type Observable, map } from 'rxjs';
import { NO_RATE, observeRate, type WikiRate } from '../../core/wiki-rate.js';
import { Governor } from './governor.js';
import type { GovernorOptions } from './governor-options.js';
import { openSession, type Session } from './session.js';

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
  /** How fast the API is asked, by all; the latest one first. */
  readonly rate$: Observable<WikiRate>;
  /** Takes in one who is going to send requests. */
  readonly openSession: () => Session;
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
  const rate = new BehaviorSubject(NO_RATE);
  return {
    api,
    media,
    rate$: rate.pipe(map(({ rate: told }) => told)),
    openSession: () =>
      openSession({
        api,
        media,
        onSample: (sample) => {
          if (sample.lane !== 'media') rate.next(observeRate(rate.value, sample));
        },
      }),
  };
};
