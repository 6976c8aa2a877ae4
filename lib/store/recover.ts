import { RefusedFileError } from '../errors/refused-file-error.js';
import { adopt, tellsOf } from './adopt.js';
import { contentOf } from './check-records.js';
import type { FileTable, OwnFile } from './file-table.js';
import type { Stats } from './files.js';
import { parentOf } from './folder-paths.js';
import { keepAside } from './keep-aside.js';
import type { MirrorDirectory } from './mirror-directory.js';
import type { RecordTable } from './record-table.js';
import { traceOf } from './trace-of.js';

export interface Unclean {
  readonly directory: MirrorDirectory;
  readonly records: RecordTable;
  readonly files: FileTable;
  /** Number of the run. */
  readonly run: number;
  readonly onKept: (path: string, keptAs: string) => void;
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

/** Removes the file, if it is ours; what the user has made of it, or put there, is kept aside, as the run would have done. */
const clear = async (unclean: Unclean, file: OwnFile): Promise<void> => {
  const { directory, onKept } = unclean;
  const { path } = file;
  const stat = directory.stat(path);
  if (stat === undefined) return;
  const isToGo = await isOurs(directory, file, stat);
  if (directory.trace(path) !== traceOf(stat)) return clear(unclean, file);
  if (isToGo) await directory.unlink(path);
  else onKept(path, await keepAside(directory, path));
};

/**
 * Clears the place of the file, or removes the directory if it is empty, and those above that are. What does not let itself be
 * removed goes back to its item.
 */
const sweep = async (unclean: Unclean, file: OwnFile): Promise<void> => {
  const { directory, files } = unclean;
  try {
    if (file.isDirectory !== true) await clear(unclean, file);
    const lowest = file.isDirectory === true ? file.path : parentOf(file.path);
    await directory.removeEmpty(lowest, (each) => each !== file.path && files.isFolder(each));
  } catch (error) {
    if (!(error instanceof RefusedFileError)) throw error;
    return adopt(unclean, file);
  }
  await files.release(file.path);
};

/**
 * Removes what an unclean end has left: files that appeared and have no record, and those that should have gone with theirs.
 * Done again after a crash it comes to the same.
 */
export const recover = async (unclean: Unclean): Promise<void> => {
  for await (const file of unclean.files.all())
    if (!tellsOf(unclean.records.outline(file.owner), file)) await sweep(unclean, file);
};
