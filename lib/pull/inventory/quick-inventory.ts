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
import type { SearchedChange } from '../../core/searched.js';
import type { Inventory, ListedFolder, ListedPage, Space } from '../../core/content.js';
import type { ItemRecord } from '../../core/records.js';
import type { ListingOf } from '../../core/kinds.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { Run } from '../run/run.js';
import { completeFolders$ } from './complete-folders.js';

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

const searchedKinds = ({ options }: Run): readonly ListingOf[] => [
  'blogpost',
  'folder',
  ...(options.attachments === 'none' ? [] : (['attachment'] as const)),
  ...(options.comments ? (['comments'] as const) : []),
];

const changes$ = (run: Run, space: Space, since: string): Observable<readonly SearchedChange[]> => {
  const nowMs = Date.parse(space.serverTime ?? run.startedAt);
  const minutes = Math.max(0, Math.ceil((nowMs - Date.parse(since)) / 60_000)) + INDEX_OVERLAP_MINUTES;
  const isWanted = ({ type }: SearchedChange): boolean =>
    (type !== 'comment' || run.options.comments) &&
    (type !== 'attachment' || run.options.attachments !== 'none');
  return run.wiki.searchChanges$(space, minutes).pipe(
    mergeMap(({ items }) => items.filter(isWanted)),
    toArray(),
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      for (const kind of searchedKinds(run)) run.noteGap({ of: kind, error });
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

/** True when the records have all that is listed as changed, at the same version: the overlap lists it again. */
const isKnown = (records: readonly ItemRecord[], { pages, others }: Changes): boolean => {
  const versions = new Set(
    records.flatMap(({ page, attachment, folder, comments = [] }) => [
      ...(page ? [`${page.id}@${page.version}`] : []),
      ...(attachment ? [`${attachment.id}@${attachment.version}`] : []),
      ...(folder ? [`${folder.id}@${folder.title}@${folder.parentId ?? ''}`] : []),
      ...comments.map(({ id, version, resolution }) => `${id}@${version}@${resolution ?? ''}`),
    ]),
  );
  const versionOf = (change: SearchedChange): string => {
    switch (change.type) {
      case 'blogpost':
        return `${change.id}@${change.page.version}`;
      case 'attachment':
        return `${change.attachment.id}@${change.attachment.version}`;
      case 'folder':
        return `${change.id}@${change.folder.title}@${change.folder.parentId ?? ''}`;
      case 'comment':
        return `${change.id}@${change.comment.version}@${change.comment.resolution ?? ''}`;
    }
  };
  const keys = [...pages.map(({ id, version }) => `${id}@${version}`), ...others.map(versionOf)];
  return keys.every((key) => versions.has(key));
};

const mergeChanges = (run: Run, space: Space, records: readonly ItemRecord[], { pages, others }: Changes) => {
  const known = new Map(records.flatMap(({ page }) => (page ? [[page.id, page] as const] : [])));
  const withLabels = (page: ListedPage): ListedPage => {
    const labels = known.get(page.id)?.labels ?? (run.options.labels ? [] : undefined);
    return labels ? { ...page, labels } : page;
  };
  const posts = others.flatMap((change) => (change.type === 'blogpost' ? [change.page] : []));
  const all = overlay([...known.values()], [...pages, ...posts].map(withLabels));
  const ids = new Set(all.map(({ id }) => id));
  const folders = records.flatMap(({ folder }) => folder ?? []);
  return {
    folders: overlay<ListedFolder>(
      folders,
      others.flatMap((change) => (change.type === 'folder' ? [change.folder] : [])),
    ),
    inventory: {
      space,
      pages: all,
      attachments: overlay(
        records.flatMap(({ attachment }) => attachment ?? []),
        others.flatMap((change) =>
          change.type === 'attachment' && ids.has(change.attachment.pageId) ? [change.attachment] : [],
        ),
      ),
      comments: overlay(
        records.flatMap(({ comments }) => comments ?? []),
        others.flatMap((change) =>
          change.type === 'comment' && ids.has(change.comment.pageId) ? [change.comment] : [],
        ),
      ),
      gaps: [],
      isUnchanged: isKnown(records, { pages, others }),
    },
  };
};

/**
 * The inventory of a space as the last pull left it, with what changed since: at most four requests for a quiet space, of
 * any size. It does not see deletions, moves without a new version, label or author changes.
 */
export const quickInventory$ = (
  run: Run,
  space: Space,
  records: Iterable<ItemRecord>,
  since: string,
): Observable<Inventory> =>
  forkJoin({ pages: changedPages$(run, space, since), others: changes$(run, space, since) }).pipe(
    switchMap((changes) => {
      const { folders, inventory } = mergeChanges(run, space, [...records], changes);
      const placed = folders.map((folder) => ({ ...folder, parentType: undefined, isPlaced: true }));
      return completeFolders$(run, placed, inventory.pages, new Map()).pipe(
        map((all): Inventory => ({ ...inventory, folders: all })),
      );
    }),
  );
