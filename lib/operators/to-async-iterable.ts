import { type Observable, type Observer, Subscription } from 'rxjs';
import { attach } from './attach.js';
import { Fifo } from './fifo.js';

/** How much `toAsyncIterable` lets wait. */
export interface ToAsyncIterableConfig {
  /**
   * Told `true` when fewer values wait than `highWaterMark`, or when one is waited for, else `false`; only on a change. Made for the
   * `demand$` of `expandCursor$`, of the cursors of a wiki and of `fromAsyncIterable$`. A source that does not heed it is
   * buffered without a bound: an Observable has no other way to be slowed down.
   */
  readonly demand?: Pick<Observer<boolean>, 'next'>;
  /** How many values may be there before they are asked for; 0: none. @default 1 */
  readonly highWaterMark?: number;
}

/**
 * Returns the values of an Observable for a `for await` loop, or for a stream (`Readable.from`). Each iteration subscribes when
 * it asks for its first value; leaving the loop unsubscribes.
 *
 * Errors: those of the source, after the values before them.
 *
 * @example
 * import { BehaviorSubject } from 'rxjs';
 * import { expandCursor$, toAsyncIterable } from 'rxsync/operators';
 *
 * const PAGES = { start: { items: ['a', 'b'], next: 'more' }, more: { items: ['c'] } };
 * const demand = new BehaviorSubject(false);
 * const fetchPage = async (cursor = 'start') => {
 *   console.log(`fetched ${cursor}`);
 *   return PAGES[cursor];
 * };
 * const pages$ = expandCursor$(fetchPage, { demand$: demand });
 * for await (const { items } of toAsyncIterable(pages$, { demand, highWaterMark: 0 })) console.log(items.join());
 * // prints fetched start
 * // prints a,b
 * // prints fetched more
 * // prints c
 */
export const toAsyncIterable = <T>(
  source: Observable<T>,
  { demand, highWaterMark = 1 }: ToAsyncIterableConfig = {},
): AsyncIterable<T> => ({
  [Symbol.asyncIterator]: () => new Values(source, demand, highWaterMark),
});

interface Asked<T> {
  readonly resolve: (result: IteratorResult<T>) => void;
  readonly reject: (reason: unknown) => void;
}

class Values<T> implements AsyncIterator<T> {
  readonly #source: Observable<T>;
  readonly #demand: Pick<Observer<boolean>, 'next'> | undefined;
  readonly #highWaterMark: number;
  readonly #subscription = new Subscription();
  readonly #waiting = new Fifo<T>();
  readonly #asked = new Fifo<Asked<T>>();
  #isStarted = false;
  #isOver = false;
  #failure: { readonly reason: unknown } | undefined;
  #isWanted: boolean | undefined;

  constructor(
    source: Observable<T>,
    demand: Pick<Observer<boolean>, 'next'> | undefined,
    highWaterMark: number,
  ) {
    this.#source = source;
    this.#demand = demand;
    this.#highWaterMark = highWaterMark;
  }

  next(): Promise<IteratorResult<T>> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      this.#start();
      this.#settle();
    });
  }

  return(): Promise<IteratorResult<T>> {
    this.#waiting.clear();
    this.#failure = undefined;
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  #start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    if (this.#isOver) return;
    attach(this.#source, this.#subscription, {
      next: (value) => {
        this.#waiting.push(value);
        this.#settle();
      },
      error: (reason: unknown) => {
        this.#failure = { reason };
        this.#end();
      },
      complete: () => this.#end(),
    });
  }

  #end(): void {
    this.#isOver = true;
    this.#subscription.unsubscribe();
    this.#settle();
  }

  /** Answers whoever has asked, as far as there is something to say. */
  #settle(): void {
    while (this.#asked.size > 0 && (this.#waiting.size > 0 || this.#isOver)) {
      const asked = this.#asked.shift()?.value;
      const entry = this.#waiting.shift();
      if (entry !== undefined) asked?.resolve({ done: false, value: entry.value });
      else if (this.#failure === undefined) asked?.resolve({ done: true, value: undefined });
      else {
        asked?.reject(this.#failure.reason);
        this.#failure = undefined;
      }
    }
    this.#tellDemand();
  }

  #tellDemand(): void {
    const isLacking = this.#waiting.size < this.#highWaterMark || this.#asked.size > 0;
    const isWanted = !this.#isOver && isLacking;
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    this.#demand?.next(isWanted);
  }
}
