import { type Observable, filter, from, map, of, toArray } from 'rxjs';
import type { ListedPage } from '../core/content.js';
import type { ItemRecord } from '../core/records.js';
import { adaptiveMergeMap } from '../operators/adaptive-merge-map.js';
import type { MirrorView } from './mirror-view.js';
import type { PullRun } from './pull-run.js';

/** Whether the item is there although no listing had it; pages need no question, their listing is the database's own. */
const isThere$ = (
  run: PullRun,
  pages: ReadonlyMap<string, ListedPage>,
  { kind, id, attachment }: ItemRecord,
): Observable<boolean> | undefined => {
  const { options, wiki } = run;
  if (kind === 'attachment' && options.attachments !== 'none' && attachment && pages.has(attachment.pageId))
    return wiki.hasAttachment$(id);
  const page = kind === 'comments' && options.comments ? pages.get(id) : undefined;
  return page && wiki.hasComments$(page.kind, id);
};

/**
 * The deletions that hold, in one emission: attachments and comments come from the search index, which may not know
 * them for a while, so those of pages that are still listed are asked for by id.
 */
export const confirmDeletions$ = (
  run: PullRun,
  { inventory }: MirrorView,
  deletions: readonly ItemRecord[],
): Observable<readonly ItemRecord[]> => {
  const pages = new Map(inventory.pages.map((page) => [page.id, page]));
  return from(deletions).pipe(
    adaptiveMergeMap(
      (record) => (isThere$(run, pages, record) ?? of(false)).pipe(map((isThere) => ({ record, isThere }))),
      { limit$: run.limit$ },
    ),
    filter(({ isThere }) => !isThere),
    map(({ record }) => record),
    toArray(),
  );
};
