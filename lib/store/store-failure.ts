import { types } from 'node:util';
import { isRxsyncError } from '../errors/rxsync-error.js';
import { StoreError } from '../errors/store-error.js';
import { isLocked, levelCode, RefusedByLevel } from './level-error.js';
import { Unreadable } from './unreadable.js';

const HINTS: Readonly<Record<string, string>> = {
  ENOSPC:
    'Free some space on the disk (or some of its inodes, see df -i) and pull again: it continues where it stopped.',
  EDQUOT: 'Your disk quota is used up. Free some space and pull again: it continues where it stopped.',
  EACCES: 'Check that you may write to the folder and its files.',
  EPERM: 'Check that you may write to the folder and its files.',
  EFBIG: 'Files may not grow that large here: see the limits of the user (ulimit -f) and of the file system.',
  EMFILE: 'Too many files are open at once. Raise the limit (ulimit -n) and try again.',
  ENFILE:
    'Too many files are open on this machine at once. End what has them open, or raise the limits (ulimit -n, and that of the system), and try again.',
  EROFS: 'The file system is read-only. Choose another folder.',
  ELOOP: 'Symbolic links lead in a circle there. Name another folder, or make them lead to one.',
  ENOENT: 'Check that the folder may be made there, or choose another one.',
  ENOTDIR: 'A file stands where a folder must be. Choose another folder or move the file away.',
  EEXIST: 'A file stands where a folder must be. Choose another folder or move the file away.',
  ENAMETOOLONG: 'The path of the folder is too long for this file system. Choose a shorter one.',
};

/** The code of a Node system error; undefined for anything else. */
export const systemCode = (error: unknown): string | undefined =>
  types.isNativeError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const DATABASE_HINT =
  'Check that the disk has space and works, that you may write to .rxsync and all in it, and (on a network share) that it can lock files.';

const databaseFailure = (what: string, error: unknown): StoreError => {
  if (isLocked(error))
    return new StoreError(`${what}: another process has its records open.`, {
      cause: error,
      hint: 'Wait until it has ended. If there is none, see who else has .rxsync open.',
    });
  const reason = error instanceof RefusedByLevel ? error.reason : undefined;
  return new StoreError(`${what}: its records cannot be used (${reason ?? levelCode(error) ?? 'unknown'}).`, {
    cause: error,
    hint: HINTS[reason ?? ''] ?? DATABASE_HINT,
  });
};

/** Makes a StoreError of an error of the file system or a database, saying what could not be done; other errors pass. */
export const storeFailure = (what: string, error: unknown): unknown => {
  if (isRxsyncError(error)) return error;
  if (error instanceof Unreadable)
    return new StoreError(`${what}: ${error.code} at "${error.path}".`, {
      cause: error,
      hint: 'Check that you may read it, and enter the folders that it is in.',
    });
  if (levelCode(error) !== undefined) return databaseFailure(what, error);
  const code = systemCode(error);
  if (code === undefined || !types.isNativeError(error) || !('syscall' in error)) return error;
  const hint = HINTS[code];
  return new StoreError(`${what}: ${code}.`, { cause: error, ...(hint !== undefined && { hint }) });
};

/** Does the work; what the file system refuses becomes a StoreError that says what could not be done. */
export const withStoreFailure = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw storeFailure(what, error);
  }
};
