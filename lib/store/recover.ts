import { RefusedFileError } from '../errors/refused-file-error.js';
import type { FileStamp, ItemRecord } from '../core/records.js';
import { adopt, recordOrBlank, tellsOf } from './adopt.js';
import { contentOf, ifReadable } from './check-records.js';
import type { FileTable, OwnFile } from './file-table.js';
import type { Stats } from './files.js';
import { parentOf } from './folder-paths.js';
import { keepAside } from './keep-aside.js';
import type { Leftovers } from './leftovers.js';
import type { MirrorDirectory } from './mirror-directory.js';
import type { RecordTable } from './record-table.js';
import { traceOf } from './trace-of.js';

/**
 * Told of a file, or of the directory of a folder, that was left behind and is at this path no more, with its item as it is in
 * the mirror now: of its files and its directory those that are there.
 */
export type OnSwept = (path: string, item: ItemRecord) => void;

export interface Unclean {
  readonly directory: MirrorDirectory;
  readonly records: RecordTable;
  readonly files: FileTable;
  readonly left: Leftovers;
  /** Number of the run. */
  readonly run: number;
  readonly onKept: (path: string, keptAs: string) => void;
  readonly onSwept: OnSwept;
}

/** Whether it is what rxsync has written; a file without content is what a power cut leaves of any. */
const isOurs = async (
  directory: MirrorDirectory,
  { path, stamps }: OwnFile,
  stat: Stats,
): Promise<boolean> => {
  if (!stat.isFile()) return false;
  if (stat.size === 0) return true;
  return (await contentOf(directory, path, stamps)) !== undefined;
};

/**
 * Removes the file, if it is ours; what the user has made of it, or put there, is kept aside, as the run would have done. Whether
 * there was anything.
 */
const clear = async (unclean: Unclean, file: OwnFile): Promise<boolean> => {
  const { directory, onKept } = unclean;
  const { path } = file;
  const stat = directory.stat(path);
  if (stat === undefined) return false;
  const isToGo = await isOurs(directory, file, stat);
  if (directory.trace(path) !== traceOf(stat)) return clear(unclean, file);
  if (isToGo) await directory.unlink(path);
  else onKept(path, await keepAside(directory, path));
  return true;
};

/** What the mirror holds of an item. */
const asItStands = async (
  { directory, files }: Unclean,
  owner: string,
  { directory: folder, ...record }: ItemRecord,
): Promise<ItemRecord> => {
  const there: FileStamp[] = [];
  for (const stamp of record.files) {
    const stat = await ifReadable(() => Promise.resolve(directory.stat(stamp.path)));
    if (stat?.isFile() === true && files.ownerOf(stamp.path) === owner)
      there.push({ ...stamp, bytes: stat.size });
  }
  const isThere =
    folder !== undefined && (await ifReadable(() => Promise.resolve(directory.hasDirectory(folder))));
  return { ...record, files: there, ...(isThere && { directory: folder }) };
};

const tell = async (unclean: Unclean, { path, owner }: OwnFile): Promise<void> => {
  const record = recordOrBlank(unclean.records, owner);
  if (record !== undefined) unclean.onSwept(path, await asItStands(unclean, owner, record));
};

/**
 * Clears the place of the file, or removes the directory if it is empty, and those above that are. What does not let itself be
 * removed goes back to its item.
 */
const sweep = async (unclean: Unclean, file: OwnFile): Promise<void> => {
  const { directory, files, left } = unclean;
  let hasGone = file.isDirectory === true;
  try {
    if (file.isDirectory !== true) hasGone = await clear(unclean, file);
    const lowest = file.isDirectory === true ? file.path : parentOf(file.path);
    const others = await directory.removeEmpty(lowest, (each) => each !== file.path && files.isFolder(each));
    for (const each of others) left.noteDirectory(each);
  } catch (error) {
    if (!(error instanceof RefusedFileError)) throw error;
    return adopt(unclean, file);
  }
  await files.release(file.path);
  if (hasGone) await tell(unclean, file);
};

/**
 * Removes what an unclean end has left: files that appeared and have no record, and those that should have gone with theirs.
 * Done again after a crash it comes to the same.
 */
export const recover = async (unclean: Unclean): Promise<void> => {
  for await (const file of unclean.files.all())
    if (!tellsOf(unclean.records.outline(file.owner), file)) await sweep(unclean, file);
};
