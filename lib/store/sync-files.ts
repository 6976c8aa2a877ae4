import { RefusedFileError } from '../errors/refused-file-error.js';
import { SymbolicLinkError } from '../errors/symbolic-link-error.js';
import type { MirrorDirectory } from './mirror-directory.js';

/** False when the file cannot be synced. What is behind a symbolic link by now is no file of the mirror any more. */
const syncFile = async (directory: MirrorDirectory, path: string): Promise<boolean> => {
  try {
    await directory.sync(path);
    return true;
  } catch (error) {
    if (!(error instanceof RefusedFileError)) throw error;
    return error instanceof SymbolicLinkError;
  }
};

/** Files that are synced at the same time. */
const SYNCS = 16;

/**
 * Makes files of the mirror survive a power cut, side by side and after all were written: a disk has written most of them by
 * itself by then. False when one does not let itself be synced.
 */
export const syncFiles = async (directory: MirrorDirectory, paths: readonly string[]): Promise<boolean> => {
  let isSynced = true;
  await Promise.all(
    Array.from({ length: SYNCS }, async (_, first) => {
      for (let i = first; i < paths.length; i += SYNCS)
        if (!(await syncFile(directory, paths[i] ?? ''))) isSynced = false;
    }),
  );
  return isSynced;
};
