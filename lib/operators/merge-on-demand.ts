import { BehaviorSubject, Observable, type ObservableInput, defer, finalize } from 'rxjs';
import { adaptiveMergeMap, type AdaptiveMergeMapConfig } from './adaptive-merge-map.js';
import { attach } from './attach.js';

/** The items, each when it is wanted: while the latest value of `demand$` is true. */
const iterate$ = <T>(items: Iterable<T>, demand$: Observable<boolean>): Observable<T> =>
  new Observable((subscriber) => {
    const iterator = items[Symbol.iterator]();
    let isWanted = false;
    let isLooping = false;
    const next = (): void => {
      try {
        const result = iterator.next();
        if (result.done === true) subscriber.complete();
        else subscriber.next(result.value);
      } catch (error) {
        subscriber.error(error);
      }
    };
    subscriber.add(() => iterator.return?.());
    attach(demand$, subscriber, {
      next: (wanted) => {
        isWanted = wanted;
        // A loop, never a recursion: thousands of items that end at once would overflow the stack.
        if (isLooping) return;
        isLooping = true;
        while (isWanted && !subscriber.closed) next();
        isLooping = false;
      },
    });
  });

/**
 * Returns an Observable that maps each item to an inner Observable and merges their values, as `adaptiveMergeMap` does,
 * and asks for an item only when there is room for it: items that are worked out as they are asked for never wait in memory.
 *
 * Errors: those of `adaptiveMergeMap`, and what the items raise.
 */
export const mergeOnDemand$ = <T, R>(
  items: Iterable<T>,
  project: (item: T) => ObservableInput<R>,
  config: Omit<AdaptiveMergeMapConfig, 'demand'>,
): Observable<R> =>
  defer(() => {
    const demand = new BehaviorSubject(false);
    return iterate$(items, demand).pipe(
      adaptiveMergeMap(project, { ...config, demand }),
      finalize(() => demand.complete()),
    );
  });
