import {
  type OperatorFunction,
  type SchedulerLike,
  connect,
  distinctUntilChanged,
  endWith,
  ignoreElements,
  merge,
  scan,
  takeLast,
  takeUntil,
  throttleTime,
} from 'rxjs';

/** How often `sampleProgress` emits. */
export interface SampleProgressConfig {
  /** Least time between two states, except before the last one. */
  readonly everyMs: number;
  /** @default asyncScheduler */
  readonly scheduler?: SchedulerLike;
}

/**
 * Returns an Observable of the state that `reduce` folds the source values into: at most one every `everyMs`, only
 * when it changed (`===`), and at completion the final one at once. An empty source gives no state. The source values
 * are not passed on; to have both, share the source:
 * `events$.pipe(connect((shared$) => merge(shared$, shared$.pipe(sampleProgress(reduce, seed, config)))))`.
 *
 * @example
 * import { asyncScheduler, from } from 'rxjs';
 * import { sampleProgress } from 'rxsync/operators';
 *
 * from(['a', 'b', 'c'])
 *   .pipe(sampleProgress((count) => count + 1, 0, { everyMs: 250, scheduler: asyncScheduler }))
 *   .subscribe((count) => console.log(`${count} done`));
 * // prints 1 done
 * // prints 3 done
 */
export const sampleProgress = <T, S>(
  reduce: (state: S, value: T, index: number) => S,
  seed: S,
  { everyMs, scheduler }: SampleProgressConfig,
): OperatorFunction<T, S> => {
  const throttle = throttleTime<S>(everyMs, scheduler, { leading: true, trailing: true });
  return (source) =>
    source.pipe(
      scan(reduce, seed),
      connect((state$) =>
        merge(
          state$.pipe(throttle, takeUntil(state$.pipe(ignoreElements(), endWith(true)))),
          state$.pipe(takeLast(1)),
        ),
      ),
      distinctUntilChanged(),
    );
};
