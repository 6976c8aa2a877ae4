import { type Observable, map, reduce } from 'rxjs';
import { MalformedResponseError } from '../errors/malformed-response-error.js';
import type { ListingPage, UnreadableRow } from './walk.js';

interface Collected<T> {
  readonly items: readonly T[];
  readonly unreadable: readonly UnreadableRow[];
}

const rowsOf = <T>(pages$: Observable<ListingPage<T>>): Observable<Collected<T>> =>
  pages$.pipe(
    reduce<ListingPage<T>, Collected<T>>(
      (all, { items, unreadable = [] }) => ({
        items: [...all.items, ...items],
        unreadable: [...all.unreadable, ...unreadable],
      }),
      { items: [], unreadable: [] },
    ),
  );

/** All items of a listing in one emission; rows that cannot be read are left out. */
export const collect = <T>(pages$: Observable<ListingPage<T>>): Observable<readonly T[]> =>
  rowsOf(pages$).pipe(map(({ items }) => items));

/** All items of a listing in one emission. @throws MalformedResponseError when a row cannot be read */
export const collectWhole = <T>(pages$: Observable<ListingPage<T>>): Observable<readonly T[]> =>
  rowsOf(pages$).pipe(
    map(({ items, unreadable: [first] }) => {
      if (first === undefined) return items;
      throw new MalformedResponseError(`The answer has a row that cannot be read: ${first.reason}.`);
    }),
  );
