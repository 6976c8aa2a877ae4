import {
  BehaviorSubject,
  type Observable,
  type OperatorFunction,
  combineLatest,
  concat,
  defer,
  map,
  mergeMap,
  tap,
} from 'rxjs';
import { type BatchSize, nextBatchSize, observeBatch, unknownBatchSize } from '../../core/batch-size.js';
import type { PageWithBody } from '../../core/content.js';
import { LEAST_BATCHES } from '../../core/memory-shares.js';
import { consequenceOf } from '../../errors/consequence.js';
import type { AdaptiveMergeMapConfig } from '../../operators/adaptive-merge-map.js';
import { batchMap } from '../../operators/batch-map.js';
import { isFatal } from '../run/failure.js';
import { fewerMayFareBetter, inParts$ } from '../run/in-parts.js';

export interface InBulkConfig<T, R> extends AdaptiveMergeMapConfig {
  /** Batches in flight, at most: each is held in memory until it is done with. */
  readonly batches: number;
  /** One request for all of them. */
  readonly fetch$: (items: readonly T[]) => Observable<readonly PageWithBody[]>;
  /** What becomes of them by its answer, which may lack some; `before` counts the tries of larger requests. */
  readonly sort$: (items: readonly T[], found: readonly PageWithBody[], before: number) => Observable<R>;
  /** What becomes of one that no request for several gets. */
  readonly alone$: (item: T, before: number) => Observable<R>;
  /** What becomes of them after an error that fewer would have met, too. */
  readonly failed$: (items: readonly T[], error: unknown, tried: number) => Observable<R>;
}

/** After so many items in a row that no request for several gets, not they are the cause: it is the route. */
const OUT_OF_ORDER = 8;

const weigh = (pages: readonly PageWithBody[]): number =>
  pages.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);

/**
 * Returns an Observable of what becomes of pages whose bodies are asked for in batches, each as large as the bodies seen so
 * far suggest. A batch that fails for its content is halved until the page that causes it stands alone; where none comes
 * through at all, batches go without halves to `alone$`, until one succeeds again.
 */
export const inBulk =
  <T, R>({
    batches,
    fetch$,
    sort$,
    alone$,
    failed$,
    limit$,
    ...lane
  }: InBulkConfig<T, R>): OperatorFunction<T, R> =>
  (items$) =>
    defer(() => {
      let size: BatchSize = unknownBatchSize;
      // As long as nothing is known of what they weigh, batches are small, and few.
      const most$ = new BehaviorSubject(Math.min(LEAST_BATCHES, batches));
      let missed = 0;
      const batch$ = (batch: readonly T[]): Observable<R> =>
        inParts$(batch, {
          ask$: (some, before) =>
            fetch$(some).pipe(
              tap((found) => {
                missed = 0;
                size = observeBatch(size, found.length, weigh(found));
                most$.next(batches);
              }),
              mergeMap((found) => sort$(some, found, before)),
            ),
          mayHelp: (error) => missed < OUT_OF_ORDER && fewerMayFareBetter(error),
          failed$: (some, error, tried) => {
            if (isFatal(error) || !consequenceOf(error).inParts) return failed$(some, error, tried);
            missed += some.length;
            return concat(...some.map((item) => alone$(item, tried)));
          },
        });
      return items$.pipe(
        batchMap(batch$, {
          ...lane,
          size: () => nextBatchSize(size),
          limit$: combineLatest([limit$, most$]).pipe(map(([limit, most]) => Math.min(limit, most))),
        }),
      );
    });
