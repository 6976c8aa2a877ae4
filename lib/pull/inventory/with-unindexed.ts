import { type Observable, concat, first, forkJoin, from, map, of, toArray } from 'rxjs';
import type { Inventory, ListedAttachment, ListedPage } from '../../core/content.js';
import { isNarrow } from '../../core/cql.js';
import type { ItemRecord } from '../../core/records.js';
import { uniqueById } from '../../core/unique.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { PullRun } from '../pull-run.js';

type Records = Iterable<ItemRecord>;

const idsOf = (items: Iterable<{ readonly id: string }>): Set<string> =>
  new Set([...items].map(({ id }) => id));

/** The listed pages of which the mirror holds an attachment that was not listed. */
const pagesLackingFiles = ({ pages, attachments }: Inventory, records: Records): ListedPage[] => {
  const listed = idsOf(attachments);
  const lacking = new Set<string>();
  for (const { attachment } of records)
    if (attachment && !listed.has(attachment.id)) lacking.add(attachment.pageId);
  return pages.filter(({ id }) => lacking.has(id));
};

/** All attachments, by the database where the index lacks one. */
const attachments$ = (
  run: PullRun,
  inventory: Inventory,
  records: Records,
): Observable<readonly ListedAttachment[]> => {
  if (run.options.attachments === 'none') return of(inventory.attachments);
  const pages = pagesLackingFiles(inventory, records);
  const asked = idsOf(pages);
  return from(pages).pipe(
    adaptiveMergeMap(({ kind, id }) => run.wiki.attachmentsOf$(kind, id), { limit$: run.limit$ }),
    toArray(),
    map((found) => {
      const others = inventory.attachments.filter(({ pageId }) => !asked.has(pageId));
      return uniqueById([...others, ...found.flat()]);
    }),
  );
};

/** Whether any of these comments is there. */
const hasAny$ = (run: PullRun, ids: readonly string[]): Observable<boolean> =>
  concat(...ids.map((id) => run.wiki.hasComment$(id))).pipe(first(Boolean, false));

/** All comments; those of a page of which the index lacks one stay as the mirror has them until it has caught up. */
const comments$ = (
  run: PullRun,
  { pages, comments }: Inventory,
  records: Records,
): Observable<Inventory['comments']> => {
  if (!run.options.comments) return of(comments);
  const current = idsOf(pages);
  const listed = idsOf(comments);
  const doubtful = [...records].flatMap(({ kind, id, comments: recorded = [] }) => {
    const missing = recorded.flatMap((comment) => (listed.has(comment.id) ? [] : comment.id));
    return kind === 'comments' && current.has(id) && missing.length > 0 ? [{ id, recorded, missing }] : [];
  });
  return from(doubtful).pipe(
    adaptiveMergeMap((page) => hasAny$(run, page.missing).pipe(map((isBehind) => (isBehind ? page : []))), {
      limit$: run.limit$,
    }),
    toArray(),
    map((found) => {
      const behind = found.flat();
      const kept = idsOf(behind);
      const others = comments.filter(({ pageId }) => !kept.has(pageId));
      return [...others, ...behind.flatMap(({ recorded }) => recorded)];
    }),
  );
};

/**
 * All folders, with those of the mirror that only the database has. Other containers are there for their children only,
 * and so are all of them in a part of a space.
 */
const folders$ = (
  run: PullRun,
  { folders }: Inventory,
  records: Records,
): Observable<Inventory['folders']> => {
  if (isNarrow(run.options)) return of(folders);
  const listed = idsOf(folders);
  const missing = [...records].flatMap(({ folder }) =>
    folder?.type === 'folder' && !listed.has(folder.id) ? [folder] : [],
  );
  return from(missing).pipe(
    adaptiveMergeMap(
      (folder) => run.wiki.hasFolder$(folder.type, folder.id).pipe(map((isThere) => (isThere ? folder : []))),
      { limit$: run.limit$ },
    ),
    toArray(),
    map((found) => [...folders, ...found.flat()]),
  );
};

/**
 * The inventory with what the mirror holds, the search index does not list and the database still has: absence from the
 * index alone is no deletion. What is gone from the database as well stays out.
 */
export const withUnindexed$ = (
  run: PullRun,
  inventory: Inventory,
  records: readonly ItemRecord[],
): Observable<Inventory> =>
  forkJoin({
    attachments: attachments$(run, inventory, records),
    comments: comments$(run, inventory, records),
    folders: folders$(run, inventory, records),
  }).pipe(map((found): Inventory => ({ ...inventory, ...found })));
