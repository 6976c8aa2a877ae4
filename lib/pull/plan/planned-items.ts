import type { Format } from '../../core/content.js';
import type { Departure } from '../../core/departures.js';
import type { Items } from '../../core/items.js';
import type { Kind } from '../../core/kinds.js';
import { bodyPath, commentsPath } from '../../core/page-paths.js';
import type { Change, PullPlan, Work } from '../../core/pull-plan.js';
import { type ItemRecord, recordKey } from '../../core/records.js';
import type { PlannedItem } from '../../events/planned-item.js';
import type { Prior } from '../run/prior.js';

/** An item of a plan, whatever its kind. */
interface Item {
  readonly kind: Kind;
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly change?: Change;
}

interface Mirrored extends Pick<Prior, 'records' | 'unsound'> {
  readonly full: boolean;
}

const pathOf = ({ files, directory }: ItemRecord): string | undefined => files[0]?.path ?? directory;

const whyWritten = (
  { records, unsound, full }: Mirrored,
  { kind, id, change }: Item,
): PlannedItem['reason'] => {
  const key = recordKey(kind, id);
  if (!records.has(key)) return 'new';
  if (full) return 'full';
  if (unsound.has(key)) return 'unsound';
  return change === 'relinked' ? 'relinked' : 'edited';
};

/** That the mirror has it elsewhere. */
const moved = ({ records }: Mirrored, { kind, id, title, path }: Item): readonly PlannedItem[] => {
  const record = records.get(recordKey(kind, id));
  const from = record && pathOf(record);
  if (from === undefined || from === path) return [];
  return [{ kind, id, title, action: 'move', path, from, reason: 'moved' }];
};

const written = (mirrored: Mirrored, item: Item): readonly PlannedItem[] => {
  const { kind, id, title, path } = item;
  const reason = whyWritten(mirrored, item);
  return [...moved(mirrored, item), { kind, id, title, action: 'write', path, reason }];
};

/** What the mirror has already: it goes elsewhere, or its links lead elsewhere. */
const relocated = (mirrored: Mirrored, item: Item): readonly PlannedItem[] => {
  const { kind, id, title, path } = item;
  const moves = moved(mirrored, item);
  return moves.length > 0 ? moves : [{ kind, id, title, action: 'write', path, reason: 'relinked' }];
};

const deleted = ({ records }: Mirrored, { key, reason }: Departure): PlannedItem[] => {
  const record = records.get(key);
  if (record === undefined) return [];
  const { kind, id, page, attachment, folder } = record;
  const path = pathOf(record);
  const title = (page ?? attachment ?? folder)?.title ?? path;
  if (path === undefined || title === undefined) return [];
  return [{ kind, id, title, action: 'delete', path, reason }];
};

/** What a pull would write, move and delete by this plan: pages, comments, attachments, folders, then what leaves. */
export function* plannedItems(
  { pages, comments, attachments, folders }: PullPlan,
  leaving: readonly Departure[],
  mirrored: Mirrored,
  format: Format,
): Generator<PlannedItem> {
  function* itemsOf<T>(
    { fetch, relocate }: Work<T, Items<T>>,
    itemOf: (planned: T) => Item,
  ): Generator<PlannedItem> {
    for (const planned of fetch) yield* written(mirrored, itemOf(planned));
    for (const planned of relocate) yield* relocated(mirrored, itemOf(planned));
  }
  yield* itemsOf(pages, ({ page: { kind, id, title }, base, change }) => ({
    kind,
    id,
    title,
    path: bodyPath(base, format),
    change,
  }));
  yield* itemsOf(comments, ({ page: { id, title }, base }) => ({
    kind: 'comments',
    id,
    title,
    path: commentsPath(base),
  }));
  yield* itemsOf(attachments, ({ attachment: { id, title }, path }) => ({
    kind: 'attachment',
    id,
    title,
    path,
  }));
  for (const { folder, directory } of folders.fetch) {
    if (folder.failure !== undefined) continue;
    const item: Item = { kind: 'folder', id: folder.id, title: folder.title, path: directory };
    const from = mirrored.records.get(recordKey('folder', folder.id))?.directory;
    yield* from === undefined || from === directory ? written(mirrored, item) : relocated(mirrored, item);
  }
  for (const departure of leaving) yield* deleted(mirrored, departure);
}
