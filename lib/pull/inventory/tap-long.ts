import { type MonoTypeOperatorFunction, defer, tap } from 'rxjs';
import type { ListingPage } from '../../confluence/walk.js';
import { LONG } from './from-both-ends.js';

/** Tells the items that a walk has begun with as soon as it turns out to be long. */
export const tapLong =
  <T>(tell: (first: readonly T[]) => void): MonoTypeOperatorFunction<ListingPage<T>> =>
  (pages$) =>
    defer(() => {
      const begun: (readonly T[])[] = [];
      return pages$.pipe(
        tap(({ items }) => {
          if (items.length === 0 || begun.length === LONG) return;
          begun.push(items);
          const [first] = begun;
          if (begun.length === LONG && first !== undefined) tell(first);
        }),
      );
    });
