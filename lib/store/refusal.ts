import { types } from 'node:util';
import { RefusedFileError } from '../errors/refused-file-error.js';
import { systemCode } from './store-failure.js';

/** What concerns the whole disk, or this process, wherever it is met first. */
const OF_ALL = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'ENOMEM', 'EMFILE', 'ENFILE']);

const DENIED =
  'Check that you may change it and the folder that it is in, that neither is protected, and that no other program has it open; then pull again.';
const IN_USE =
  'Another program has it open, or a file system is mounted there. Close or unmount it, and pull again.';

const HINTS: Readonly<Record<string, string>> = {
  EACCES: DENIED,
  EPERM: DENIED,
  EBUSY: IN_USE,
  ETXTBSY: IN_USE,
  EROFS:
    'The file system that is mounted there is read-only. Mount it so that it can be written, and pull again.',
  EXDEV: 'Another file system is mounted there. Unmount it, and pull again.',
  ENAMETOOLONG:
    'The file system takes no name that long. Pull into a folder on another one, or into one nearer to the root of the disk.',
  EFBIG: 'The file system takes no file that large. Pull into a folder on another one.',
};

const ELSE = 'Look at what stands there, move it away, and pull again.';

/**
 * Makes a RefusedFileError of what the system refuses for the sake of this one path of the mirror; other errors pass. Who is
 * refused everywhere learns of it in rxsync's own folder, which every item needs.
 */
export const refusalOf = (path: string, what: string, error: unknown): unknown => {
  const code = systemCode(error);
  if (code === undefined || OF_ALL.has(code) || !types.isNativeError(error) || !('syscall' in error))
    return error;
  const hint = HINTS[code] ?? ELSE;
  return new RefusedFileError(path, `"${path}" cannot be ${what}: ${code}.`, { cause: error, hint });
};

/** Does the work on a path of the mirror; `what` completes "cannot be". Errors: as of `refusalOf`. */
export const withRefusal = async <T>(path: string, what: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw refusalOf(path, what, error);
  }
};

/** As `withRefusal`, at once. */
export const withRefusalSync = <T>(path: string, what: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw refusalOf(path, what, error);
  }
};
