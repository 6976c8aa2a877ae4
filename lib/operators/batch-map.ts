import {
  EMPTY,
  type Observable,
  type ObservableInput,
  type OperatorFunction,
  defer,
  from,
  map,
  mergeMap,
} from 'rxjs';
import { adaptiveMergeMap, type AdaptiveMergeMapConfig } from './adaptive-merge-map.js';
import { Fifo } from './fifo.js';

export interface BatchMapConfig extends AdaptiveMergeMapConfig {
  /** How many values the next batch may have; asked when there is room for one. */
  readonly size: () => number;
}

/**
 * Returns an Observable that maps batches of source values to inner Observables and merges their values, as
 * `adaptiveMergeMap` does of single ones. A batch is taken when there is room for it, of what has come by then: values that
 * come at once go together, and none waits for others. No batch is empty.
 *
 * Errors: those of `adaptiveMergeMap`.
 */
export const batchMap =
  <T, R>(
    project: (batch: readonly T[]) => ObservableInput<R>,
    { size, ...config }: BatchMapConfig,
  ): OperatorFunction<T, R> =>
  (source) =>
    defer(() => {
      const waiting = new Fifo<T>();
      const take = (): readonly T[] => {
        const batch: T[] = [];
        for (const most = size(); batch.length < most;) {
          const entry = waiting.shift();
          if (entry === undefined) break;
          batch.push(entry.value);
        }
        return batch;
      };
      // Each value is a turn to take a batch; most find nothing left.
      const turn$ = (): Observable<R> => {
        if (waiting.size === 0) return EMPTY;
        return from(Promise.resolve()).pipe(
          mergeMap(() => {
            const batch = take();
            return batch.length === 0 ? EMPTY : project(batch);
          }),
        );
      };
      return source.pipe(
        map((value) => waiting.push(value)),
        adaptiveMergeMap(turn$, config),
      );
    });
