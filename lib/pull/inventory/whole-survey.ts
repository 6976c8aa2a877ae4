import { type Observable, forkJoin, map, of, switchMap } from 'rxjs';
import type { SearchedFolder } from '../../core/searched.js';
import type { ListedAttachment, ListedComment, ListedPage } from '../../core/content.js';
import { NotSearchableError } from '../../errors/not-searchable-error.js';
import type { ListingOf } from '../../core/kinds.js';
import { type Listing, listing$, NOTHING_LISTED } from './listing.js';
import { listedAttachment$, locateAttachments$ } from './locate-attachments.js';
import { listedComment$, locateComments$ } from './locate-comments.js';
import { locateFolders$ } from './locate-folders.js';
import { locatePages$ } from './locate-pages.js';
import type { Search } from './located.js';
import { type Survey, surveyOf } from './survey-of.js';

const posts$ = ({ run, space }: Search): Observable<Listing<ListedPage>> =>
  listing$(run, { of: 'blogpost', what: 'pages' }, run.wiki.listPages$(space, 'blogpost'));

const pages$ = ({ run, space }: Search): Observable<Listing<ListedPage>> =>
  listing$(run, { of: 'page', what: 'pages', isEssential: true }, run.wiki.listPages$(space, 'page'));

/** Search finds nothing in an archived space: that is no answer. */
const whereSearchable$ = <T>(
  { space }: Search,
  kind: ListingOf,
  search$: Observable<Listing<T>>,
): Observable<Listing<T>> =>
  space.isArchived
    ? of({
        items: [],
        gaps: [{ of: kind, error: new NotSearchableError(space.key) }],
        isWalked: false,
      })
    : search$;

const folders$ = (search: Search): Observable<Listing<SearchedFolder>> => {
  const { run, space } = search;
  return whereSearchable$(
    search,
    'folder',
    listing$(run, { of: 'folder', what: 'folders' }, run.wiki.listFolders$(space)),
  );
};

const attachments$ = (search: Search): Observable<Listing<ListedAttachment>> => {
  const { run, space } = search;
  if (run.options.attachments === 'none') return of(NOTHING_LISTED);
  const byId$ = (id: string): ReturnType<typeof listedAttachment$> => listedAttachment$(run, id);
  return whereSearchable$(
    search,
    'attachment',
    listing$(run, { of: 'attachment', what: 'attachments', byId$ }, run.wiki.listAttachments$(space)),
  );
};

const comments$ = (search: Search): Observable<Listing<ListedComment>> => {
  const { run, space } = search;
  if (!run.options.comments) return of(NOTHING_LISTED);
  const byId$ = (id: string): ReturnType<typeof listedComment$> => listedComment$(run, id);
  return whereSearchable$(
    search,
    'comments',
    listing$(run, { of: 'comments', what: 'comments', byId$ }, run.wiki.listComments$(space)),
  );
};

/**
 * What is in a whole space: pages and blog posts by the database, the rest by the search index, side by side; then what of
 * the mirror none of them tells, by its id.
 */
export const wholeSurvey$ = (search: Search): Observable<Survey> =>
  forkJoin({
    pages: pages$(search),
    posts: posts$(search),
    folders: folders$(search),
    attachments: attachments$(search),
    comments: comments$(search),
  }).pipe(
    switchMap(({ pages, posts, folders, attachments, comments }) => {
      const all = { items: [...pages.items, ...posts.items], gaps: [...pages.gaps, ...posts.gaps] };
      const mentioned = [
        ...pages.items.flatMap(({ parentId, parentType }) =>
          parentType === 'page' && parentId ? parentId : [],
        ),
        ...folders.items.flatMap(({ parentId, parentType }) =>
          parentType === 'page' && parentId ? parentId : [],
        ),
        ...[...attachments.items, ...comments.items].flatMap(({ pageId }) => (pageId === '' ? [] : pageId)),
      ];
      return locatePages$(search, all, mentioned).pipe(
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
