import { type Observable, catchError, concat, defer, map, of } from 'rxjs';
import type { ListingPage, UnreadableRow } from '../../confluence/walk.js';
import type { ListingOf } from '../../core/kinds.js';
import type { IncompleteListing } from '../../events/incomplete-listing.js';
import { unreadable } from '../inventory/listing.js';
import { costsOnlyItsKind, incompleteListing } from '../run/failure.js';

/** A part of a listing: what one answer has told. */
export interface ListingPart<T> {
  /** Each item once in all parts. */
  readonly items: readonly T[];
  /** Of the last part only, which has no items: what the listing lacks. Empty when it is whole. */
  readonly gaps?: readonly IncompleteListing[];
}

/**
 * The listing in parts, and last whether it is whole: rows that cannot be read, and an error that costs no more than the
 * listing, are gaps of it.
 */
export const listingParts$ = <T extends { readonly id: string }>(
  kind: ListingOf,
  pages$: Observable<ListingPage<T>>,
): Observable<ListingPart<T>> =>
  defer(() => {
    const seen = new Set<string>();
    const rows: UnreadableRow[] = [];
    const isNew = ({ id }: T): boolean => seen.size < seen.add(id).size;
    const unread = () => unreadable(kind, rows);
    return concat(
      pages$.pipe(
        map(({ items, unreadable: odd = [] }): ListingPart<T> => {
          rows.push(...odd);
          return { items: items.filter(isNew) };
        }),
      ),
      defer(() => of({ items: [], gaps: unread().map(incompleteListing) })),
    ).pipe(
      catchError((error: unknown) => {
        if (!costsOnlyItsKind(error)) throw error;
        return of({ items: [], gaps: [...unread(), { of: kind, error }].map(incompleteListing) });
      }),
    );
  });
