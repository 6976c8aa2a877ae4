import { type Observable, forkJoin, from, map, switchMap, toArray, catchError, throwError } from 'rxjs';
import type { ListingPage } from '../../confluence/walk.js';
import type { SearchedPage } from '../../core/searched.js';
import type { ListedComment, ListedFolder, ListedPage } from '../../core/content.js';
import { scopeCql, scopeText } from '../../core/cql.js';
import { chunks, uniqueById } from '../../core/unique.js';
import { EmptyScopeError } from '../../errors/empty-scope-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { joinWalks, listing$ } from './listing.js';
import { gatherAttachments$, locateAttachments$ } from './locate-attachments.js';
import { listedComment$, locateComments$ } from './locate-comments.js';
import { locateInScope$ } from './locate-in-scope.js';
import { isHttpError } from '../../errors/http-error.js';
import { OptionsError } from '../../errors/options-error.js';
import type { Run } from '../run/run.js';
import type { Search } from './located.js';
import { sureRows$ } from './sure-rows.js';
import { type Survey, surveyOf } from './survey-of.js';
import { type BelowAncestors, belowAncestors$ } from './below-ancestors.js';

/** Ids in one `container in (…)`: their URL stays below 2 KB. */
const CONTAINERS = 100;

/** The ancestors that lie outside the scope: they give the pages their places and are not mirrored themselves. */
const outsideAncestors = (found: readonly SearchedPage[], homepageId: string | undefined): ListedFolder[] => {
  const inside = new Set(found.map(({ page }) => page.id));
  const outside = new Map<string, ListedFolder>();
  for (const { ancestors } of found)
    ancestors.forEach(({ id, title }, depth) => {
      const type = id === homepageId ? 'page' : 'unknown';
      if (!inside.has(id)) outside.set(id, { id, type, title, parentId: ancestors[depth - 1]?.id });
    });
  return [...outside.values()];
};

/** Asks for what hangs on the pages, some pages a request. */
const onPages$ = <T>(
  run: Run,
  pages: readonly ListedPage[],
  list$: (pageIds: readonly string[]) => Observable<T>,
): Observable<readonly T[]> => {
  const batches = chunks(
    pages.map((page) => page.id),
    CONTAINERS,
  );
  return from(batches).pipe(adaptiveMergeMap(list$, { limit$: run.limit$ }), toArray());
};

type Found = SearchedPage & { readonly id: string; readonly version: number };

const toFound = ({ items, ...rest }: ListingPage<SearchedPage>): ListingPage<Found> => ({
  ...rest,
  items: items.map((found) => ({ ...found, id: found.page.id, version: found.page.version })),
});

/** What the wiki refuses of a query that is partly the user's own is theirs to mend. */
const blameCql = ({ options: { cql } }: Run, error: unknown): unknown =>
  cql !== undefined && isHttpError(error) && error.status === 400
    ? new OptionsError(
        'cql',
        cql,
        `be CQL that the wiki understands, which says: ${error.words}; nothing was changed`,
      )
    : error;

/** The pages of the scope by search; below an ancestor that search knows nothing of, by the tree. */
const pages$ = (search: Search): Observable<BelowAncestors> => {
  const { run, space, prior } = search;
  return listing$<Found>(
    run,
    { of: 'page', what: 'pages', isEssential: true },
    run.wiki.searchPages$(scopeCql(space.key, run.options)).pipe(
      map(toFound),
      catchError((error: unknown) => throwError(() => blameCql(run, error))),
    ),
  ).pipe(
    switchMap((found) => sureRows$(search, found.items).pipe(map((items) => ({ ...found, items })))),
    switchMap((found) => belowAncestors$(search, found)),
    map((found) => {
      const { page, blogpost } = prior.records.sizes;
      const isKnown = prior.isSameScope || page.items + blogpost.items > 0;
      if (found.items.length > 0 || isKnown) return found;
      throw new EmptyScopeError(space.key, scopeText(run.options));
    }),
  );
};

/** What is in a part of a space: what the search finds, and what hangs on that. */
export const narrowSurvey$ = (search: Search): Observable<Survey> => {
  const { run, space } = search;
  const { attachments, comments } = run.options;
  return pages$(search).pipe(
    switchMap((found) => locateInScope$(search, found)),
    switchMap(({ found, ...pages }) =>
      forkJoin({
        attachments: onPages$(run, attachments === 'none' ? [] : pages.items, (ids) =>
          gatherAttachments$(search, ids),
        ).pipe(
          map((walks) => ({ ...joinWalks(walks), odd: walks.flatMap(({ odd }) => odd) })),
          switchMap((walked) => locateAttachments$(search, walked, pages)),
        ),
        comments: onPages$(run, comments ? pages.items : [], (ids) =>
          listing$<ListedComment>(
            run,
            { of: 'comments', what: 'comments', byId$: (id) => listedComment$(run, id) },
            run.wiki.listComments$(ids),
          ),
        ).pipe(
          map((walks) => ({ ...joinWalks(walks), items: uniqueById(walks.flatMap(({ items }) => items)) })),
          switchMap((listing) => locateComments$(search, listing, pages)),
        ),
      }).pipe(
        switchMap((parts) => {
          const items = outsideAncestors(found, space.homepageId);
          return surveyOf(search, { pages, folders: { items, gaps: [], whereabouts: new Map() }, ...parts });
        }),
      ),
    ),
  );
};
