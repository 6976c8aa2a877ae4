import { BehaviorSubject, type Observable, distinctUntilChanged, map } from 'rxjs';
import { createConcurrency, nextConcurrency } from '../core/concurrency.js';
import type { ResponseSample } from '../core/lane.js';

export interface DownloadLimit {
  /** How many downloads may be in flight; the latest number first. */
  readonly limit$: Observable<number>;
  /** Told of every answer of the media host. */
  readonly sample: (sample: ResponseSample) => void;
}

/**
 * The cap of downloads: begins at `start`, grows to four times as many while the media host answers readily, and cuts
 * back when it refuses or slows down. The media host is not the API and does not share its cap.
 */
export const createDownloadLimit = (start: number): DownloadLimit => {
  const state$ = new BehaviorSubject(createConcurrency({ start, max: 4 * start }));
  return {
    limit$: state$.pipe(
      map(({ limit }) => limit),
      distinctUntilChanged(),
    ),
    sample: ({ lane, startedAtMs, atMs, status }) =>
      state$.next(
        nextConcurrency(state$.value, { lane, startedAtMs, atMs, status, latencyMs: atMs - startedAtMs }),
      ),
  };
};
