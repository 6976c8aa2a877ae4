import { type Observable, type ObservableInput, catchError, defer, map, of, throwError } from 'rxjs';

/** An item whose work has succeeded. */
export interface Fulfilled<R> {
  readonly status: 'fulfilled';
  readonly value: R;
}

/** An item whose work has failed. */
export interface Rejected<T> {
  readonly status: 'rejected';
  readonly reason: unknown;
  /** The item whose work failed. */
  readonly input: T;
}

/** How the work on an item has ended. */
export type Settled<T, R> = Fulfilled<R> | Rejected<T>;

/** Which errors `settle` lets end the run. */
export interface SettleConfig {
  /**
   * An error for which this is true stays an error, and so ends the whole lane.
   * @default no error is
   */
  readonly isFatal?: (error: unknown) => boolean;
}

/**
 * Wraps the `project` function of `mergeMap`, `adaptiveMergeMap` and their like: returns a function to an Observable
 * that emits each value as `fulfilled`, and an error (a thrown one, too) as one last `rejected`. One failed item thus
 * never ends the lane.
 *
 * @example
 * import { from, mergeMap } from 'rxjs';
 * import { settle } from 'rxsync/operators';
 *
 * const parse = async (text) => JSON.parse(text);
 * from(['1', 'x', '3'])
 *   .pipe(mergeMap(settle(parse)))
 *   .subscribe((result) => console.log(result.status, result.status === 'rejected' ? result.input : result.value));
 * // prints fulfilled 1
 * // prints rejected x
 * // prints fulfilled 3
 */
export const settle =
  <T, R>(
    project: (value: T, index: number) => ObservableInput<R>,
    { isFatal = () => false }: SettleConfig = {},
  ): ((value: T, index: number) => Observable<Settled<T, R>>) =>
  (input, index) =>
    defer(() => project(input, index)).pipe(
      map((value): Settled<T, R> => ({ status: 'fulfilled', value })),
      catchError((reason: unknown) =>
        isFatal(reason) ? throwError(() => reason) : of<Rejected<T>>({ status: 'rejected', reason, input }),
      ),
    );
