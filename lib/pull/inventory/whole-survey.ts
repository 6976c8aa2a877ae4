import { type Observable, forkJoin, from, map, of, switchMap } from 'rxjs';
import type { SearchedFolder } from '../../core/searched.js';
import { compareIds } from '../../core/compare-ids.js';
import type { ListedComment, ListedPage, PageKind } from '../../core/content.js';
import { NotSearchableError } from '../../errors/not-searchable-error.js';
import type { ListingOf } from '../../core/kinds.js';
import { fromBothEnds$ } from './from-both-ends.js';
import { type Listing, listing$, NOTHING_LISTED, type Walked } from './listing.js';
import { gatherAttachments$, locateAttachments$, type WalkedAttachments } from './locate-attachments.js';
import { listedComment$, locateComments$ } from './locate-comments.js';
import { locateFolders$ } from './locate-folders.js';
import { locatePages$ } from './locate-pages.js';
import type { Search } from './located.js';
import { ofOneKind } from './of-one-kind.js';
import { type Survey, surveyOf } from './survey-of.js';
import { tapLong } from './tap-long.js';

/** The pages or blog posts that the database has, in the order of their ids. */
const pages$ = ({ run, space }: Search, kind: PageKind): Observable<Listing<ListedPage>> =>
  listing$(
    run,
    { of: kind, what: 'pages', isEssential: kind === 'page' },
    fromBothEnds$(
      run.wiki.listPages$(space, kind),
      run.wiki.listPages$(space, kind, { isDescending: true }),
    ).pipe(tapLong(run.tellLongListing)),
  ).pipe(
    map((listing) => ({ ...listing, items: [...listing.items].sort((a, b) => compareIds(a.id, b.id)) })),
  );

/** Search finds nothing in an archived space: that is no answer. */
const whereSearchable$ = <T extends Walked>(
  { space }: Search,
  kind: ListingOf,
  nothing: T,
  search$: Observable<T>,
): Observable<T> =>
  space.isArchived
    ? of({
        ...nothing,
        gaps: [{ of: kind, error: new NotSearchableError(space.key) }],
        isWalked: false,
      })
    : search$;

const NO_ATTACHMENTS: WalkedAttachments = { gaps: [], isWalked: true, odd: [] };

const folders$ = (search: Search): Observable<Listing<SearchedFolder>> => {
  const { run, space } = search;
  return whereSearchable$(
    search,
    'folder',
    NOTHING_LISTED,
    listing$(run, { of: 'folder', what: 'folders' }, run.wiki.listFolders$(space)),
  );
};

const attachments$ = (search: Search): Observable<WalkedAttachments> => {
  const { run, space } = search;
  if (run.options.attachments === 'none') return of(NO_ATTACHMENTS);
  return whereSearchable$(search, 'attachment', NO_ATTACHMENTS, gatherAttachments$(search, space));
};

const comments$ = (search: Search): Observable<Listing<ListedComment>> => {
  const { run, space } = search;
  if (!run.options.comments) return of(NOTHING_LISTED);
  const byId$ = (id: string): ReturnType<typeof listedComment$> => listedComment$(run, id);
  return whereSearchable$(
    search,
    'comments',
    NOTHING_LISTED,
    listing$(run, { of: 'comments', what: 'comments', byId$ }, run.wiki.listComments$(space)),
  );
};

interface Child {
  readonly parentId: string | undefined;
  readonly parentType?: string | undefined;
}

/** The pages that something stands below, or hangs on. */
const mentionedIn = async (
  { attachments }: Search,
  children: readonly Listing<Child>[],
  comments: Listing<ListedComment>,
): Promise<ReadonlySet<string>> => {
  const mentioned = new Set<string>();
  for (const { items } of children)
    for (const { parentId, parentType } of items)
      if (parentType === 'page' && parentId !== undefined) mentioned.add(parentId);
  for (const { pageId } of comments.items) mentioned.add(pageId);
  for await (const pageId of attachments.pageIds()) mentioned.add(pageId);
  mentioned.delete('');
  return mentioned;
};

/**
 * What is in a whole space: pages and blog posts by the database, the rest by the search index, side by side; then what of
 * the mirror none of them tells, by its id.
 */
export const wholeSurvey$ = (search: Search): Observable<Survey> =>
  forkJoin({
    pages: pages$(search, 'page'),
    posts: pages$(search, 'blogpost'),
    folders: folders$(search),
    attachments: attachments$(search),
    comments: comments$(search),
  }).pipe(
    switchMap(({ pages, posts, folders, attachments, comments }) => {
      const items = ofOneKind(pages.items, posts.items, search.prior.records);
      const all = { items, gaps: [...pages.gaps, ...posts.gaps] };
      return from(mentionedIn(search, [pages, folders], comments)).pipe(
        switchMap((mentioned) => locatePages$(search, all, mentioned)),
        switchMap((located) =>
          forkJoin({
            folders: locateFolders$(search, folders, located.items),
            attachments: locateAttachments$(search, attachments, located),
            comments: locateComments$(search, comments, located),
          }).pipe(map((parts) => surveyOf(search, { pages: located, ...parts }))),
        ),
      );
    }),
    switchMap((survey$) => survey$),
  );
