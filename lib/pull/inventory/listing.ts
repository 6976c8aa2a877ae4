import {
  type Observable,
  catchError,
  concatMap,
  defer,
  from,
  ignoreElements,
  map,
  mergeMap,
  of,
  toArray,
} from 'rxjs';
import type { ListingPage, UnreadableRow } from '../../confluence/walk.js';
import type { Gap } from '../../core/content.js';
import { keepNewest } from '../../core/unique.js';
import type { ListingOf } from '../../core/kinds.js';
import { MalformedResponseError } from '../../errors/malformed-response-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { Listed, Run } from '../run/run.js';

interface Item {
  readonly id: string;
  readonly version?: number;
}

/** How a walk has ended: what is known to be missing. */
export interface Walked {
  readonly gaps: readonly Gap[];
  /** Whether the walk came to an end: then only single rows are missing. */
  readonly isWalked: boolean;
}

/** What a walk has found, each item once. */
export interface Listing<T> extends Walked {
  readonly items: readonly T[];
}

export const NOTHING_LISTED = { items: [], gaps: [], isWalked: true } as const satisfies Listing<never>;

/** What came of several walks. */
export const joinWalks = (walks: readonly Walked[]): Walked => ({
  gaps: walks.flatMap(({ gaps }) => gaps),
  isWalked: walks.every(({ isWalked }) => isWalked),
});

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
const secondLook$ = <T>(
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

/** Takes items in and says how many of them are new. */
export type Take<T> = (items: readonly T[]) => Promise<number>;

/**
 * Gives the items of one walk to `take` as they come, and tells the progress of the inventory on the way; emits how it has
 * ended. One that fails gives what it had found and the reason, unless it is essential.
 */
export const gather$ = <T>(
  run: Run,
  config: ListingConfig<T>,
  pages$: Observable<ListingPage<T>>,
  take: Take<T>,
): Observable<Walked> =>
  defer(() => {
    const rows: UnreadableRow[] = [];
    const count = async ({ items, unreadable: odd = [] }: ListingPage<T>): Promise<void> => {
      rows.push(...odd);
      run.countListed(config.what, await take(items));
    };
    return pages$.pipe(
      concatMap(count),
      ignoreElements(),
      catchError((error: unknown) => {
        if (config.isEssential === true || !costsOnlyItsKind(error)) throw error;
        return of<Gap>({ of: config.of, error });
      }),
      toArray(),
      mergeMap((gaps) =>
        secondLook$(run, config, rows).pipe(
          concatMap(async (found) => {
            await take(found.items);
            return { gaps: [...gaps, ...found.gaps], isWalked: gaps.length === 0 };
          }),
        ),
      ),
    );
  });

/** All items of one walk in one emission; see `gather$`. */
export const listing$ = <T extends Item>(
  run: Run,
  config: ListingConfig<T>,
  pages$: Observable<ListingPage<T>>,
): Observable<Listing<T>> =>
  defer(() => {
    const byId = new Map<string, T>();
    const take = (page: readonly T[]): Promise<number> => {
      const before = byId.size;
      keepNewest(byId, page);
      return Promise.resolve(byId.size - before);
    };
    return gather$(run, config, pages$, take).pipe(
      map((walked) => ({ ...walked, items: [...byId.values()] })),
    );
  });
