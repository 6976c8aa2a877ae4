import { type Observable, forkJoin, from, map, of, reduce, switchMap } from 'rxjs';
import type { ListingPage } from '../../confluence/walk.js';
import type { SearchedPage } from '../../core/searched.js';
import type { Gap, ListedAttachment, ListedComment, ListedFolder, ListedPage } from '../../core/content.js';
import { scopeCql, scopeText } from '../../core/cql.js';
import { chunks, uniqueById } from '../../core/unique.js';
import { EmptyScopeError } from '../../errors/empty-scope-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { type Listing, listing$, type ListingConfig, NOTHING_LISTED } from './listing.js';
import { listedAttachment$, locateAttachments$ } from './locate-attachments.js';
import { listedComment$, locateComments$ } from './locate-comments.js';
import { locateInScope$ } from './locate-in-scope.js';
import { absentPages } from './locate-pages.js';
import type { Search } from './located.js';
import { type Survey, surveyOf } from './survey-of.js';
import { belowAncestor$ } from './below-ancestor.js';

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
const onPages$ = <T extends ListedAttachment | ListedComment>(
  { run }: Search,
  config: ListingConfig<T>,
  pages: readonly ListedPage[],
  list$: (pageIds: readonly string[]) => Observable<ListingPage<T>>,
): Observable<Listing<T>> => {
  const batches = chunks(
    pages.map((page) => page.id),
    CONTAINERS,
  );
  return from(batches).pipe(
    adaptiveMergeMap((ids) => listing$(run, config, list$(ids)), { limit$: run.limit$ }),
    reduce(
      (all, { items, gaps, isWalked }) => {
        all.items.push(...items);
        all.gaps.push(...gaps);
        return { ...all, isWalked: all.isWalked && isWalked };
      },
      { items: new Array<T>(), gaps: new Array<Gap>(), isWalked: true },
    ),
    map((all) => ({ ...all, items: uniqueById(all.items) })),
  );
};

type Found = SearchedPage & { readonly id: string; readonly version: number };

const toFound = ({ items, ...rest }: ListingPage<SearchedPage>): ListingPage<Found> => ({
  ...rest,
  items: items.map((found) => ({ ...found, id: found.page.id, version: found.page.version })),
});

/** The pages of the scope by search; below an ancestor that search knows nothing of, by the tree. */
const pages$ = (search: Search): Observable<Listing<SearchedPage>> => {
  const { run, space, prior } = search;
  return listing$<Found>(
    run,
    { of: 'page', what: 'pages', isEssential: true },
    run.wiki.searchPages$(scopeCql(space.key, run.options)).pipe(map(toFound)),
  ).pipe(
    switchMap((found) => belowAncestor$(search, found)),
    map((found) => {
      const isKnown = prior.isSameScope || absentPages(search, []).length > 0;
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
        attachments: (attachments === 'none'
          ? of<Listing<ListedAttachment>>(NOTHING_LISTED)
          : onPages$<ListedAttachment>(
              search,
              { of: 'attachment', what: 'attachments', byId$: (id) => listedAttachment$(run, id) },
              pages.items,
              (ids) => run.wiki.listAttachments$(ids),
            )
        ).pipe(switchMap((listing) => locateAttachments$(search, listing, pages))),
        comments: (comments
          ? onPages$<ListedComment>(
              search,
              { of: 'comments', what: 'comments', byId$: (id) => listedComment$(run, id) },
              pages.items,
              (ids) => run.wiki.listComments$(ids),
            )
          : of<Listing<ListedComment>>(NOTHING_LISTED)
        ).pipe(switchMap((listing) => locateComments$(search, listing, pages))),
      }).pipe(
        switchMap((parts) => {
          const folders = outsideAncestors(found, space.homepageId);
          return surveyOf(search, {
            pages,
            folders: { items: folders, gaps: [], whereabouts: new Map() },
            ...parts,
          });
        }),
      ),
    ),
  );
};
