import { type Observable, catchError, map, of, switchMap } from 'rxjs';
import type { SearchedPage } from '../../core/searched.js';
import { subtreeOf } from '../../core/subtree.js';
import { costsOnlyItsKind } from '../run/failure.js';
import { completeFolders$, knownFolders } from './complete-folders.js';
import { type Listing, listing$ } from './listing.js';
import type { Search } from './located.js';

/** Whether something stands below the page, by the database. */
const hasChildren$ = ({ run }: Search, ancestor: string): Observable<boolean> =>
  run.wiki.hasChildren$(ancestor).pipe(
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      return of(false);
    }),
  );

/** The pages below the ancestor by the listing of the whole space. */
const byTree$ = ({ run, space, prior }: Search, ancestor: string): Observable<Listing<SearchedPage>> =>
  listing$(run, { of: 'page', what: 'pages', isEssential: true }, run.wiki.listPages$(space, 'page')).pipe(
    switchMap(({ items, ...rest }) =>
      completeFolders$(run, [], items, knownFolders(prior.records.values())).pipe(
        map((folders) => ({ ...rest, items: subtreeOf(ancestor, items, folders) })),
      ),
    ),
  );

/**
 * What search has found, unless it has found nothing below an ancestor that has children: the index of ancestors can be
 * empty. With further conditions, which only search knows, its word stands.
 */
export const belowAncestor$ = (
  search: Search,
  found: Listing<SearchedPage>,
): Observable<Listing<SearchedPage>> => {
  const { run } = search;
  const { ancestor, label, cql } = run.options;
  const isAlone = found.items.every(({ page }) => page.id === ancestor);
  if (ancestor === undefined || label !== undefined || cql !== undefined || !isAlone) return of(found);
  return hasChildren$(search, ancestor).pipe(
    switchMap((hasChildren) => {
      if (!hasChildren) return of(found);
      run.notify({
        type: 'warning',
        code: 'listed-by-tree',
        message: `Search finds nothing below page ${ancestor}, though there is something: the whole space is listed instead.`,
      });
      return byTree$(search, ancestor);
    }),
  );
};
