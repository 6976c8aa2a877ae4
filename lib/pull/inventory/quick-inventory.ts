import {
  type Observable,
  catchError,
  forkJoin,
  map,
  mergeMap,
  of,
  switchMap,
  takeWhile,
  tap,
  toArray,
} from 'rxjs';
import { attachmentFilter } from '../../core/attachment-filter.js';
import type { SearchedChange } from '../../core/searched.js';
import type { Inventory, ListedComment, ListedFolder, ListedPage, Space } from '../../core/content.js';
import { isSameComment } from '../../core/same-comments.js';
import { recordKey } from '../../core/records.js';
import type { ListingOf } from '../../core/kinds.js';
import { isSameVersion } from '../../core/versions.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { Prior, Since } from '../run/prior.js';
import type { Run } from '../run/run.js';
import { completeFolders$ } from './complete-folders.js';
import type { Search } from './located.js';
import { filledPage } from './mend-rows.js';
import { chunksOf } from './recorded.js';
import { surePlaces$ } from './sure-places.js';

/** A version may become visible in the listing a little late. */
const LISTING_OVERLAP_MS = 5 * 60_000;
/** The search index lags behind by minutes. */
const INDEX_OVERLAP_MINUTES = 15;

/** Pages with a version since then: the listing is read only as far as it has such. */
const changedPages$ = (run: Run, space: Space, since: string): Observable<readonly ListedPage[]> => {
  const sinceMs = Date.parse(since) - LISTING_OVERLAP_MS;
  const isNew = ({ updatedAt }: ListedPage): boolean =>
    updatedAt === undefined || Date.parse(updatedAt) >= sinceMs;
  return run.wiki.listPagesByChange$(space).pipe(
    tap(({ items }) => run.countListed('pages', items.length)),
    takeWhile(({ items }) => items.every(isNew), true),
    mergeMap(({ items }) => items.filter(isNew)),
    toArray(),
  );
};

const searchedTypes = ({ options }: Run): readonly SearchedChange['type'][] => [
  'blogpost',
  'folder',
  ...(options.attachments === 'none' ? [] : (['attachment'] as const)),
  ...(options.comments ? (['comment'] as const) : []),
];

const listingOf = (type: SearchedChange['type']): ListingOf => (type === 'comment' ? 'comments' : type);

const changes$ = (run: Run, space: Space, since: string): Observable<readonly SearchedChange[]> => {
  // Of two clocks that differ, the later one looks back far enough.
  const nowMs = Math.max(Date.parse(space.serverTime ?? run.startedAt), Date.parse(run.startedAt));
  const minutes = Math.max(0, Math.ceil((nowMs - Date.parse(since)) / 60_000)) + INDEX_OVERLAP_MINUTES;
  const types = searchedTypes(run);
  return run.wiki.searchChanges$(space, types, minutes).pipe(
    mergeMap(({ items }) => items.filter(({ type }) => types.includes(type))),
    toArray(),
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      for (const type of types) run.noteGap({ of: listingOf(type), error });
      return of([]);
    }),
  );
};

/** The newer of what is recorded and what is listed, by id. */
const overlay = <T extends { readonly id: string }>(recorded: readonly T[], changed: readonly T[]): T[] => [
  ...new Map([...recorded, ...changed].map((item) => [item.id, item])).values(),
];

interface Changes {
  readonly pages: readonly ListedPage[];
  readonly others: readonly SearchedChange[];
}

const isRecordedPage = (records: Prior['records'], page: ListedPage): boolean => {
  const recorded = records.get(recordKey(page.kind, page.id))?.page;
  return recorded !== undefined && isSameVersion(recorded, page);
};

/** Whether the mirror has a change already, as the overlap lists it again, or does not want it. */
const isRecorded = (
  { records, folders }: Prior,
  change: SearchedChange,
  isWanted: ReturnType<typeof attachmentFilter>,
): boolean => {
  switch (change.type) {
    case 'blogpost':
      return isRecordedPage(records, change.page);
    case 'attachment': {
      const recorded = records.get(recordKey('attachment', change.id))?.attachment;
      return recorded === undefined
        ? isWanted?.(change.attachment) === false
        : isSameVersion(recorded, change.attachment);
    }
    case 'folder': {
      const known = folders.get(change.id);
      return known?.title === change.folder.title && known.parentId === change.folder.parentId;
    }
    case 'comment': {
      const { id, pageId } = change.comment;
      const known = records.get(recordKey('comments', pageId))?.comments?.find((each) => each.id === id);
      return known !== undefined && isSameComment(known, change.comment);
    }
  }
};

/** True when the records have all that is listed as changed, at the same version. */
const isKnown = ({ run, prior }: Search, { pages, others }: Changes): boolean => {
  const isWanted = attachmentFilter(run.options);
  return (
    others.every((change) => isRecorded(prior, change, isWanted)) &&
    pages.every((page) => isRecordedPage(prior.records, page))
  );
};

interface Recorded {
  readonly pages: readonly ListedPage[];
  readonly comments: readonly ListedComment[];
}

/** What the listings said of what is recorded; attachments go into the table. */
const recall = async ({ prior, attachments }: Search): Promise<Recorded> => {
  const { records } = prior;
  const pages: ListedPage[] = [];
  const comments: ListedComment[] = [];
  for (const kind of ['page', 'blogpost'] as const)
    for await (const { page } of records.all(kind)) if (page) pages.push(page);
  for await (const record of records.all('comments')) comments.push(...(record.comments ?? []));
  for await (const chunk of chunksOf(records.all('attachment')))
    await attachments.add(chunk.flatMap(({ attachment }) => attachment ?? []));
  return { pages, comments };
};

const nothingChanged = ({ space, attachments }: Search): Inventory => ({
  space,
  pages: [],
  folders: [],
  attachments,
  comments: [],
  gaps: [],
  isUnchanged: true,
});

/** The same, with folders at places that may be believed. */
const withSurePlaces$ = ({ run, prior }: Search, { pages, others }: Changes): Observable<Changes> =>
  surePlaces$(
    run,
    others.flatMap((change) => (change.type === 'folder' ? [change.folder] : [])),
    prior.folders,
  ).pipe(
    map((folders) => {
      const rest = others.filter(({ type }) => type !== 'folder');
      const placed = folders.map((folder) => ({ id: folder.id, type: 'folder', folder }) as const);
      return { pages, others: [...rest, ...placed] };
    }),
  );

/** What is recorded with what changed. */
const inventoryOf = async (search: Search, { pages, others }: Changes): Promise<Inventory> => {
  const { run, space, prior, attachments } = search;
  if (prior.unsound.size === 0 && isKnown(search, { pages, others })) return nothingChanged(search);
  const recorded = await recall(search);
  const known = new Map(recorded.pages.map((page) => [page.id, page] as const));
  const asKnown = (page: ListedPage): ListedPage => {
    const before = known.get(page.id);
    const labels = before?.labels ?? (run.options.labels ? [] : undefined);
    return { ...filledPage(page, before), ...(labels && { labels }) };
  };
  const posts = others.flatMap((change) => (change.type === 'blogpost' ? [change.page] : []));
  const all = overlay([...known.values()], [...pages, ...posts].map(asKnown));
  const ids = new Set(all.map(({ id }) => id));
  await attachments.replace(
    others.flatMap((change) =>
      change.type === 'attachment' && ids.has(change.attachment.pageId) ? [change.attachment] : [],
    ),
  );
  return {
    space,
    pages: all,
    folders: overlay<ListedFolder>(
      [...prior.folders.values()],
      others.flatMap((change) => (change.type === 'folder' ? [change.folder] : [])),
    ),
    attachments,
    comments: overlay(
      recorded.comments,
      others.flatMap((change) =>
        change.type === 'comment' && ids.has(change.comment.pageId) ? [change.comment] : [],
      ),
    ),
    gaps: [],
  };
};

/**
 * The inventory of a space as the last pull left it, with what changed since: at most four requests for a quiet space, of
 * any size. It does not see deletions, moves without a new version, label or author changes.
 */
export const quickInventory$ = (search: Search, since: Since): Observable<Inventory> => {
  const { run, space } = search;
  return forkJoin({
    pages: changedPages$(run, space, since.pages),
    others: changes$(run, space, since.others),
  }).pipe(
    switchMap((changes) => withSurePlaces$(search, changes)),
    switchMap((changes) => inventoryOf(search, changes)),
    switchMap((inventory) => {
      if (inventory.isUnchanged === true) return of(inventory);
      const placed = inventory.folders.map((folder) => ({
        ...folder,
        parentType: undefined,
        isPlaced: true,
      }));
      return completeFolders$(run, placed, inventory.pages, new Map()).pipe(
        map((folders): Inventory => ({ ...inventory, folders })),
      );
    }),
  );
};
