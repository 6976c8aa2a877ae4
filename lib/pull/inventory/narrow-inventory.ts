import { type Observable, forkJoin, from, map, of, reduce, switchMap } from 'rxjs';
import type { SearchedPage } from '../../confluence/wire/search.js';
import type {
  Inventory,
  ListedAttachment,
  ListedComment,
  ListedFolder,
  ListedPage,
  Space,
} from '../../core/content.js';
import { scopeCql } from '../../core/cql.js';
import { chunks, uniqueById } from '../../core/unique.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { CursorPage } from '../../operators/expand-cursor.js';
import type { Listed, PullRun } from '../pull-run.js';
import { counted$ } from './counted.js';

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
  run: PullRun,
  what: Listed,
  pages: readonly ListedPage[],
  list$: (pageIds: readonly string[]) => Observable<CursorPage<T>>,
): Observable<readonly T[]> => {
  const batches = chunks(
    pages.map((page) => page.id),
    CONTAINERS,
  );
  return from(batches).pipe(
    adaptiveMergeMap((ids) => counted$(run, what, list$(ids)), { limit$: run.limit$ }),
    reduce((found: T[], items) => {
      found.push(...items);
      return found;
    }, []),
    map(uniqueById),
  );
};

/** The inventory of a part of a space: what the search finds, and what hangs on that. */
export const narrowInventory$ = (run: PullRun, space: Space): Observable<Inventory> => {
  const { wiki, options } = run;
  const toItem = ({ items, next }: CursorPage<SearchedPage>) => ({
    items: items.map((found) => ({ ...found, id: found.page.id, version: found.page.version })),
    ...(next !== undefined && { next }),
  });
  const found$ = counted$(run, 'pages', wiki.searchPages$(scopeCql(space.key, options)).pipe(map(toItem)));
  return found$.pipe(
    switchMap((found) => {
      const pages = found.map(({ page }) => page);
      return forkJoin({
        attachments:
          options.attachments === 'none'
            ? of([])
            : onPages$(run, 'attachments', pages, (ids) => wiki.listAttachments$(ids)),
        comments: options.comments
          ? onPages$(run, 'comments', pages, (ids) => wiki.listComments$(ids))
          : of([]),
      }).pipe(
        map(({ attachments, comments }): Inventory => {
          const folders = outsideAncestors(found, space.homepageId);
          return { space, pages, folders, attachments, comments };
        }),
      );
    }),
  );
};
