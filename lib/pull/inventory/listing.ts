import {
  type Observable,
  catchError,
  defer,
  from,
  ignoreElements,
  map,
  mergeMap,
  of,
  tap,
  toArray,
} from 'rxjs';
import type { ListingPage, UnreadableRow } from '../../confluence/walk.js';
import type { Gap } from '../../core/content.js';
import { uniqueById } from '../../core/unique.js';
import type { ListingOf } from '../../core/kinds.js';
import { MalformedResponseError } from '../../errors/malformed-response-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { Listed, Run } from '../run/run.js';

interface Item {
  readonly id: string;
  readonly version?: number;
}

/** What a walk has found, each item once, and what is known to be missing. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly gaps: readonly Gap[];
  /** Whether the walk came to an end: then only single rows are missing. */
  readonly isWalked: boolean;
}

export const NOTHING_LISTED = { items: [], gaps: [], isWalked: true } as const satisfies Listing<never>;

export interface ListingConfig<T> {
  readonly of: ListingOf;
  /** As what the items count in the progress of the inventory. */
  readonly what: Listed;
  /** Whether the mirror is nothing without it: a failure then ends the run. @default it costs its own kind */
  readonly isEssential?: boolean;
  /** Asks by its id for an item whose row cannot be read; undefined when it is not to be seen. */
  readonly byId$?: (id: string) => Observable<T | undefined>;
}

/** The rows that cannot be read as a gap of their kind. */
export const unreadable = (of: ListingOf, rows: readonly UnreadableRow[]): Gap[] => {
  const [first] = rows;
  if (first === undefined) return [];
  const which = first.id === undefined ? '' : ` (${first.id})`;
  const text = `${rows.length === 1 ? 'One row' : `${rows.length} rows`} cannot be read${which}: ${first.reason}.`;
  return [{ of, error: new MalformedResponseError(text) }];
};

interface Look<T> {
  readonly found?: T;
  readonly lost?: UnreadableRow;
}

/** A second look at the rows that could not be read: what is answered by its id after all, and what is not. */
const secondLook$ = <T extends Item>(
  run: Run,
  { of: kind, byId$ }: ListingConfig<T>,
  rows: readonly UnreadableRow[],
): Observable<Pick<Listing<T>, 'items' | 'gaps'>> => {
  const look$ = (row: UnreadableRow): Observable<Look<T>> =>
    byId$ === undefined || row.id === undefined
      ? of({ lost: row })
      : byId$(row.id).pipe(
          map((found): Look<T> => (found === undefined ? { lost: row } : { found })),
          catchError((error: unknown) => {
            if (!costsOnlyItsKind(error)) throw error;
            return of({ lost: row });
          }),
        );
  return from(rows).pipe(
    adaptiveMergeMap(look$, { limit$: run.limit$ }),
    toArray(),
    map((looks) => ({
      items: looks.flatMap(({ found }) => found ?? []),
      gaps: unreadable(
        kind,
        looks.flatMap(({ lost }) => lost ?? []),
      ),
    })),
  );
};

/**
 * All items of one walk in one emission; tells the progress of the inventory on the way. One that fails gives what it had
 * found and the reason, unless it is essential.
 */
export const listing$ = <T extends Item>(
  run: Run,
  config: ListingConfig<T>,
  pages$: Observable<ListingPage<T>>,
): Observable<Listing<T>> =>
  defer(() => {
    const items: T[] = [];
    const rows: UnreadableRow[] = [];
    const seen = new Set<string>();
    const take = (page: ListingPage<T>): void => {
      items.push(...page.items);
      rows.push(...(page.unreadable ?? []));
      const before = seen.size;
      for (const { id } of page.items) seen.add(id);
      run.countListed(config.what, seen.size - before);
    };
    return pages$.pipe(
      tap(take),
      ignoreElements(),
      catchError((error: unknown) => {
        if (config.isEssential === true || !costsOnlyItsKind(error)) throw error;
        return of<Gap>({ of: config.of, error });
      }),
      toArray(),
      mergeMap((gaps) =>
        secondLook$(run, config, rows).pipe(
          map((found) => ({
            items: uniqueById([...items, ...found.items]),
            gaps: [...gaps, ...found.gaps],
            isWalked: gaps.length === 0,
          })),
        ),
      ),
    );
  });
