import { type Observable, forkJoin, map, of, switchMap } from 'rxjs';
import type { Inventory, Space } from '../../core/content.js';
import type { ItemRecord } from '../../core/records.js';
import type { PullRun } from '../pull-run.js';
import { completeFolders$, knownFolders } from './complete-folders.js';
import { counted$ } from './counted.js';

/** The inventory of a whole space: pages and blog posts from their listings, the rest from the search index. */
export const wholeInventory$ = (
  run: PullRun,
  space: Space,
  records: Iterable<ItemRecord>,
): Observable<Inventory> => {
  const { wiki, options } = run;
  return forkJoin({
    pages: counted$(run, 'pages', wiki.listPages$(space, 'page')),
    posts: counted$(run, 'pages', wiki.listPages$(space, 'blogpost')),
    searched: counted$(run, 'folders', wiki.listFolders$(space)),
    attachments:
      options.attachments === 'none' ? of([]) : counted$(run, 'attachments', wiki.listAttachments$(space)),
    comments: options.comments ? counted$(run, 'comments', wiki.listComments$(space)) : of([]),
  }).pipe(
    switchMap(({ pages, posts, searched, attachments, comments }) =>
      completeFolders$(run, searched, pages, knownFolders(records)).pipe(
        map((folders): Inventory => ({ space, pages: [...pages, ...posts], folders, attachments, comments })),
      ),
    ),
  );
};
