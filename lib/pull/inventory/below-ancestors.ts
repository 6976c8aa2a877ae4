import { type Observable, catchError, from, map, of, switchMap, toArray } from 'rxjs';
import type { SearchedPage } from '../../core/searched.js';
import { subtreeOf } from '../../core/subtree.js';
import { AncestorNotFoundError } from '../../errors/ancestor-not-found-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import { completeFolders$ } from './complete-folders.js';
import { type Listing, listing$ } from './listing.js';
import type { Search } from './located.js';
import { pagesById$ } from './pages-by-id.js';

/** What is found below the ancestors. */
export interface BelowAncestors extends Listing<SearchedPage> {
  /** Whether one of the ancestors that the mirror remembers is not there: what else is below it is not known. */
  readonly isAncestorMissing: boolean;
}

/** An ancestor, as far as the database knows it. */
interface Ancestor {
  readonly id: string;
  readonly type: 'page' | 'folder' | 'missing';
}

/** Where the answer is an error that costs nothing else, it is taken for no, and `onRefused` told why. */
const unlessRefused$ = (
  answer$: Observable<boolean>,
  onRefused: (error: unknown) => void = () => undefined,
): Observable<boolean> =>
  answer$.pipe(
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      onRefused(error);
      return of(false);
    }),
  );

/** What the database says of ancestors of which search tells nothing; of folders there is no bulk request. */
const lookUp$ = ({ run, space }: Search, ids: readonly string[]): Observable<readonly Ancestor[]> =>
  pagesById$(
    run,
    ids.map((id) => ({ kind: 'page', id })),
  ).pipe(
    switchMap(({ found, unknown }) =>
      from(ids).pipe(
        adaptiveMergeMap(
          (id): Observable<Ancestor> => {
            const page = found.get(id);
            if (page !== undefined) {
              const isHere = page.status === 'current' && (page.spaceId ?? space.id) === space.id;
              return of({ id, type: isHere ? 'page' : 'missing' });
            }
            if (unknown.has(id)) return of({ id, type: 'page' });
            return unlessRefused$(
              run.wiki
                .findFolder$('folder', id)
                .pipe(
                  map((found) => found?.status === 'current' && (found.spaceId ?? space.id) === space.id),
                ),
            ).pipe(map((isThere) => ({ id, type: isThere ? 'folder' : 'missing' })));
          },
          { limit$: run.limit$ },
        ),
        toArray(),
      ),
    ),
  );

/** Whether something stands below one of the ancestors, by the database. */
const haveChildren$ = ({ run }: Search, ancestors: readonly Ancestor[]): Observable<boolean> =>
  from(ancestors).pipe(
    adaptiveMergeMap(
      ({ id, type }) =>
        unlessRefused$(run.wiki.hasChildren$(type === 'folder' ? 'folder' : 'page', id), (error) =>
          run.noteGap({ of: 'page', error }),
        ),
      { limit$: run.limit$ },
    ),
    toArray(),
    map((answers) => answers.includes(true)),
  );

/** The pages below the ancestors by the listing of the whole space. */
const byTree$ = ({ run, space, prior }: Search): Observable<Listing<SearchedPage>> =>
  listing$(run, { of: 'page', what: 'pages', isEssential: true }, run.wiki.listPages$(space, 'page')).pipe(
    switchMap(({ items, ...rest }) =>
      completeFolders$(run, [], items, prior.folders).pipe(
        map((folders) => ({ ...rest, items: subtreeOf(run.options.ancestor ?? [], items, folders) })),
      ),
    ),
  );

/** Ancestors that are not there are an error, unless the mirror was pulled with them: then they are a gap. */
const withMissing = (
  { space, prior: { isSameScope } }: Search,
  found: Listing<SearchedPage>,
  missing: readonly string[],
): BelowAncestors => {
  if (missing.length === 0) return { ...found, isAncestorMissing: false };
  const error = new AncestorNotFoundError(space.key, missing, { isRemembered: isSameScope });
  if (!isSameScope) throw error;
  return { ...found, gaps: [...found.gaps, { of: 'page', error }], isAncestorMissing: true };
};

/** Whether the tree has to tell what is below the ancestors: the index of ancestors can be empty, or lack one of them. */
const needsTree$ = (
  search: Search,
  found: Listing<SearchedPage>,
  looked: readonly Ancestor[],
): Observable<boolean> => {
  const { ancestor = [], label, cql } = search.run.options;
  // What only search knows has its word.
  if (label !== undefined || cql !== undefined) return of(false);
  if (looked.some(({ type }) => type === 'page')) return of(true);
  const above = new Set(found.items.flatMap(({ ancestors }) => ancestors.map(({ id }) => id)));
  const isMissing = new Set(looked.flatMap(({ id, type }) => (type === 'missing' ? id : [])));
  const types = new Map(looked.map(({ id, type }) => [id, type] as const));
  const childless = ancestor
    .filter((id) => !above.has(id) && !isMissing.has(id))
    .map((id): Ancestor => ({ id, type: types.get(id) ?? 'page' }));
  return haveChildren$(search, childless);
};

/**
 * What search has found below the ancestors, with what it lacks: those that it does not tell of are looked up, and where
 * something is below one and not found, the whole space is listed and cut to the trees.
 *
 * Errors: `AncestorNotFoundError` for one that is not in the space, unless the mirror remembers it.
 */
export const belowAncestors$ = (search: Search, found: Listing<SearchedPage>): Observable<BelowAncestors> => {
  const { ancestor } = search.run.options;
  if (ancestor === undefined) return of({ ...found, isAncestorMissing: false });
  const told = new Set(
    found.items.flatMap(({ page, ancestors }) => [page.id, ...ancestors.map(({ id }) => id)]),
  );
  const untold = ancestor.filter((id) => !told.has(id));
  return (untold.length === 0 ? of([]) : lookUp$(search, untold)).pipe(
    switchMap((looked) => {
      const missing = looked.flatMap(({ id, type }) => (type === 'missing' ? id : []));
      const isWhole = withMissing(search, found, missing);
      return needsTree$(search, found, looked).pipe(
        switchMap((isNeeded) => {
          if (!isNeeded) return of(isWhole);
          search.run.notify({
            type: 'warning',
            code: 'listed-by-tree',
            message: `Search does not find everything below page ${ancestor.join(' or ')}: the whole space is listed instead.`,
          });
          return byTree$(search).pipe(map((tree) => withMissing(search, tree, missing)));
        }),
      );
    }),
  );
};
