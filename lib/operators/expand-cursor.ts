import { Observable, type ObservableInput, type Subscriber, defer, first } from 'rxjs';
import { checkFunction, checkObject, checkObservable } from '../errors/check-argument.js';
import { attach } from './attach.js';

/** One page of a listing. Without `next` it is the last one; an empty page with `next` is not. */
export interface CursorPage<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** A page with items named a cursor that had been used before: to go on would never end. */
export class RepeatedCursorError extends Error {
  override readonly name = 'RepeatedCursorError';
  readonly cursor: string;

  constructor(cursor: string) {
    super(`The cursor "${cursor}" came a second time.`);
    this.cursor = cursor;
  }
}

/** What holds `expandCursor$` back. */
export interface ExpandCursorConfig {
  /**
   * Whether the consumer wants more: the next page is fetched while the latest value is `true`. Before its first
   * value there is no demand; once it completes nothing holds the cursor back. The first page needs no demand.
   * `adaptiveMergeMap` tells it through its own `demand`.
   * @default each page is fetched as soon as the one before was delivered
   */
  readonly demand$?: Observable<boolean>;
}

/**
 * Returns a cold Observable of the pages of a listing, in order, that asks `fetchPage` for one page at a time: for the
 * first with no cursor, for each further one with the `next` of the page before. It completes after the page without
 * `next`, or after an empty one whose `next` was used before. Unsubscribing aborts the fetch in flight. Of each fetch the first value counts.
 *
 * Errors: those of `fetchPage` and `demand$`; `EmptyError` when a fetch ends without a page; `RepeatedCursorError` when a
 * page with items names a cursor a second time.
 *
 * @example
 * import { mergeMap } from 'rxjs';
 * import { expandCursor$ } from 'rxsync/operators';
 *
 * const PAGES = { start: { items: ['a', 'b'], next: 'more' }, more: { items: ['c'] } };
 * expandCursor$(async (cursor = 'start') => PAGES[cursor])
 *   .pipe(mergeMap(({ items }) => items))
 *   .subscribe(console.log);
 * // prints a
 * // prints b
 * // prints c
 */
export const expandCursor$ = <P extends CursorPage<unknown>>(
  fetchPage: (cursor: string | undefined) => ObservableInput<P>,
  config: ExpandCursorConfig = {},
): Observable<P> => {
  checkFunction('fetchPage', fetchPage);
  checkObject('config', config);
  const { demand$ } = config;
  if (demand$ !== undefined) checkObservable('demand$', demand$);
  return new Observable((subscriber) => {
    new Cursor(subscriber, fetchPage).run(demand$);
  });
};

class Cursor<P extends CursorPage<unknown>> {
  readonly #subscriber: Subscriber<P>;
  readonly #fetchPage: (cursor: string | undefined) => ObservableInput<P>;
  readonly #seen = new Set<string>();
  #cursor: string | undefined;
  #wanted = true;
  #fetching = false;
  #looping = false;

  constructor(subscriber: Subscriber<P>, fetchPage: (cursor: string | undefined) => ObservableInput<P>) {
    this.#subscriber = subscriber;
    this.#fetchPage = fetchPage;
  }

  run(demand$: Observable<boolean> | undefined): void {
    // The flag keeps the first page first, even if demand$ or fetchPage are synchronous.
    this.#looping = true;
    if (demand$) this.#follow(demand$);
    this.#fetch();
    this.#looping = false;
    this.#fetchWhileWanted();
  }

  #follow(demand$: Observable<boolean>): void {
    this.#wanted = false;
    attach(demand$, this.#subscriber, {
      next: (wanted) => this.#setWanted(wanted),
      error: (reason: unknown) => this.#subscriber.error(reason),
      complete: () => this.#setWanted(true),
    });
  }

  #setWanted(wanted: boolean): void {
    this.#wanted = wanted;
    this.#fetchWhileWanted();
  }

  /** A loop, never a recursion: thousands of synchronous pages would overflow the stack. */
  #fetchWhileWanted(): void {
    if (this.#looping) return;
    this.#looping = true;
    while (this.#wanted && !this.#fetching && !this.#subscriber.closed) this.#fetch();
    this.#looping = false;
  }

  #fetch(): void {
    let next: string | undefined;
    let isEmpty = false;
    this.#fetching = true;
    attach(defer(() => this.#fetchPage(this.#cursor)).pipe(first()), this.#subscriber, {
      next: (page) => {
        next = page.next;
        isEmpty = page.items.length === 0;
        this.#subscriber.next(page);
        if (next === undefined) this.#subscriber.complete();
      },
      error: (reason: unknown) => this.#subscriber.error(reason),
    }).add(() => {
      // One request ends before the next begins.
      if (next !== undefined) this.#advance(next, isEmpty);
    });
  }

  #advance(next: string, isEmpty: boolean): void {
    if (this.#seen.has(next)) {
      if (isEmpty) this.#subscriber.complete();
      else this.#subscriber.error(new RepeatedCursorError(next));
      return;
    }
    this.#seen.add(next);
    this.#cursor = next;
    this.#fetching = false;
    this.#fetchWhileWanted();
  }
}
