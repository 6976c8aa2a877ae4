import { Observable, type Subscriber, of } from 'rxjs';
import { attach } from './attach.js';

/** What holds `fromAsyncIterable$` back. */
export interface FromAsyncIterableConfig {
  /**
   * Whether the consumer wants more: the next value is asked for while the latest value is `true`. Before its first value there
   * is no demand; once it completes nothing holds the iteration back. `adaptiveMergeMap` and `toAsyncIterable` tell it through
   * their own `demand`.
   * @default each value is asked for as soon as the one before was delivered
   */
  readonly demand$?: Observable<boolean>;
}

/**
 * Returns a cold Observable of the values of an iteration: of an async generator, a stream of Node, a cursor of a database. One
 * value is asked for at a time, and only while it is wanted, so that none wait in memory. Unsubscribing ends the iteration by
 * its `return`.
 *
 * Errors: those of the iteration and of `demand$`.
 *
 * @example
 * import { BehaviorSubject, timer, map } from 'rxjs';
 * import { adaptiveMergeMap, fromAsyncIterable$ } from 'rxsync/operators';
 *
 * async function* numbers() {
 *   for (let n = 1; n <= 3; n += 1) {
 *     console.log(`made ${n}`);
 *     yield n;
 *   }
 * }
 * const demand = new BehaviorSubject(false);
 * const limit$ = new BehaviorSubject(1);
 * const square$ = (n) => timer(1).pipe(map(() => n * n));
 * fromAsyncIterable$(numbers(), { demand$: demand })
 *   .pipe(adaptiveMergeMap(square$, { limit$, demand }))
 *   .subscribe((n) => console.log(`squared ${n}`));
 * // prints made 1
 * // prints squared 1
 * // prints made 2
 * // prints squared 4
 * // prints made 3
 * // prints squared 9
 */
export const fromAsyncIterable$ = <T>(
  iterable: AsyncIterable<T>,
  { demand$ = of(true) }: FromAsyncIterableConfig = {},
): Observable<T> =>
  new Observable((subscriber) => {
    const iteration = new Iteration(subscriber, iterable[Symbol.asyncIterator]());
    subscriber.add(() => iteration.end());
    attach(demand$, subscriber, {
      next: (isWanted) => iteration.want(isWanted),
      error: (reason: unknown) => subscriber.error(reason),
      complete: () => iteration.want(true),
    });
  });

class Iteration<T> {
  readonly #subscriber: Subscriber<T>;
  readonly #iterator: AsyncIterator<T>;
  #isWanted = false;
  #isAsking = false;
  #isOver = false;

  constructor(subscriber: Subscriber<T>, iterator: AsyncIterator<T>) {
    this.#subscriber = subscriber;
    this.#iterator = iterator;
  }

  want(isWanted: boolean): void {
    this.#isWanted = isWanted;
    if (!this.#isAsking) void this.#ask();
  }

  /** Whoever has unsubscribed is told of nothing any more. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    Promise.resolve(this.#iterator.return?.()).catch(() => undefined);
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    try {
      while (this.#isWanted && !this.#isOver) {
        const result = await this.#iterator.next();
        if (result.done === true) {
          this.#isOver = true;
          this.#subscriber.complete();
        } else this.#subscriber.next(result.value);
      }
    } catch (error) {
      this.#isOver = true;
      this.#subscriber.error(error);
    }
    this.#isAsking = false;
  }
}
