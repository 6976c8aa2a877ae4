import {
  type Observable,
  EMPTY,
  catchError,
  filter,
  forkJoin,
  from,
  map,
  mergeMap,
  of,
  reduce,
  switchMap,
  tap,
  toArray,
} from 'rxjs';
import type { SearchedPage } from '../../core/searched.js';
import type { ListedPage } from '../../core/content.js';
import { idsCql, scopeCql } from '../../core/cql.js';
import type { Whereabouts } from '../../core/departures.js';
import { kindById } from '../../core/kind-by-id.js';
import { recordKey } from '../../core/records.js';
import { chunks } from '../../core/unique.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { BelowAncestors } from './below-ancestors.js';
import { type LocatedPages, type Search, titlesOf } from './located.js';
import { isOdd } from './mend-rows.js';
import { absentPages$, whereaboutsOf } from './locate-pages.js';
import { pagesById$ } from './pages-by-id.js';

/** Ids in one `id in (…)`. */
const IDS = 100;

/** Those of the pages that search finds by their ids, within the scope or at all. */
const bySearch$ = (
  { run }: Search,
  pages: readonly ListedPage[],
  cqlOf: (ids: readonly string[]) => string,
): Observable<ReadonlyMap<string, SearchedPage>> =>
  from(
    chunks(
      pages.map(({ id }) => id),
      IDS,
    ),
  ).pipe(
    adaptiveMergeMap(
      (ids) =>
        run.wiki.searchPages$(cqlOf(ids)).pipe(
          catchError((error: unknown) => {
            if (!costsOnlyItsKind(error)) throw error;
            run.noteGap({ of: 'page', error });
            return EMPTY;
          }),
        ),
      { limit$: run.limit$ },
    ),
    mergeMap(({ items }) => items),
    filter(({ page }) => !isOdd(page)),
    reduce((found, each) => found.set(each.page.id, each), new Map<string, SearchedPage>()),
  );

/**
 * Whether the database has the page in the scope as far as it can tell; what only search knows (CQL) it cannot. Nothing is
 * above a blog post.
 */
const inScopeByDatabase$ = ({ run }: Search, { kind, id }: ListedPage): Observable<boolean> => {
  const { ancestor, label, cql } = run.options;
  if (cql !== undefined || (ancestor !== undefined && kind === 'blogpost')) return of(false);
  return forkJoin([
    ancestor === undefined || ancestor.includes(id)
      ? of(true)
      : run.wiki.ancestorsOf$(id).pipe(map((above) => ancestor.some((each) => above.has(each)))),
    label === undefined
      ? of(true)
      : run.wiki.labelsOf$(kind, id).pipe(map((labels) => labels.includes(label))),
  ]).pipe(
    map(([isBelow, isLabelled]) => isBelow && isLabelled),
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      run.noteGap({ of: kind, error });
      return of(true);
    }),
  );
};

const tellUnknown = ({ run }: Search, pages: readonly ListedPage[]): void => {
  if (pages.length > 0)
    run.notify({
      type: 'warning',
      code: 'incomplete-listing',
      message: `Search knows nothing of ${pages.length === 1 ? 'a mirrored page that is' : `${pages.length} mirrored pages that are`} there (${titlesOf(pages)}): what is not known to be outside of what is asked for stays.`,
    });
};

interface Checked {
  readonly page: ListedPage;
  readonly isInside: boolean;
}

/**
 * Those of some living pages that are in the scope, though its listing has left them out: by search once more, and where
 * that knows nothing of them, or the scope is as it was, by the database. Nobody knows what was below an ancestor that is
 * not there any more: all stay.
 */
const inside$ = (
  search: Search,
  alive: readonly ListedPage[],
  { items: listed, isAncestorMissing }: BelowAncestors,
): Observable<{ readonly found: readonly SearchedPage[]; readonly kept: ReadonlySet<string> }> => {
  const { run, space, prior } = search;
  const scope = scopeCql(space.key, run.options);
  return bySearch$(search, alive, (ids) => `${scope} and ${idsCql(ids)}`).pipe(
    switchMap((inScope) => {
      const others = alive.filter(({ id }) => !inScope.has(id));
      return bySearch$(search, others, idsCql).pipe(
        tap((indexed) => {
          if (!isAncestorMissing)
            tellUnknown(
              search,
              others.filter(({ id }) => !indexed.has(id)),
            );
        }),
        switchMap((indexed) =>
          from(others).pipe(
            adaptiveMergeMap(
              (page): Observable<Checked> => {
                if (isAncestorMissing || !indexed.has(page.id)) return of({ page, isInside: true });
                if (!prior.isSameScope || listed.length === 0) return of({ page, isInside: false });
                return inScopeByDatabase$(search, page).pipe(map((isInside) => ({ page, isInside })));
              },
              { limit$: run.limit$ },
            ),
            toArray(),
          ),
        ),
        map((checked) => ({
          found: [...inScope.values()],
          kept: new Set(checked.flatMap(({ page, isInside }) => (isInside ? page.id : []))),
        })),
      );
    }),
  );
};

/** The pages of the scope with what search told of them, and where the other recorded ones are. */
export interface InScope extends LocatedPages {
  readonly found: readonly SearchedPage[];
}

/**
 * The pages of a part of a space. A recorded one that search does not find in it is asked for by its id; if it is there,
 * whether it still belongs to the scope. One that does and has no place by search keeps the one that it has.
 */
export const locateInScope$ = (search: Search, listing: BelowAncestors): Observable<InScope> => {
  const pages = listing.items.map(({ page }) => page);
  const inScope = (
    found: readonly SearchedPage[],
    whereabouts: ReadonlyMap<string, Whereabouts>,
  ): InScope => {
    const items = found.map(({ page }) => page);
    return {
      found,
      items,
      kinds: kindById(items),
      gaps: listing.gaps,
      whereabouts,
      staying: new Set(),
      leftOut: found.length - listing.items.length,
      leftScope: [],
    };
  };
  return absentPages$(search, pages).pipe(
    switchMap((absent) => {
      if (absent.length === 0) return of(inScope(listing.items, new Map()));
      return pagesById$(search.run, absent).pipe(
        switchMap(({ found, unknown }) => {
          const whereOf = (page: ListedPage): Whereabouts =>
            unknown.has(page.id) ? 'unknown' : whereaboutsOf(search, page, found.get(page.id));
          const alive = absent.filter((page) => whereOf(page) === 'alive');
          return inside$(search, alive, listing).pipe(
            map((inside) => {
              const known = new Set(inside.found.map(({ page }) => page.id));
              const whereabouts = new Map<string, Whereabouts>();
              const left: ListedPage[] = [];
              for (const page of absent) {
                const isOutside = whereOf(page) === 'alive' && !inside.kept.has(page.id);
                if (known.has(page.id)) continue;
                if (isOutside) left.push(page);
                whereabouts.set(recordKey(page.kind, page.id), isOutside ? 'outside' : whereOf(page));
              }
              const leftScope = search.prior.isSameScope ? left : [];
              return { ...inScope([...listing.items, ...inside.found], whereabouts), leftScope };
            }),
          );
        }),
      );
    }),
  );
};
