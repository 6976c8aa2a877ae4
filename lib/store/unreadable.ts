import { types } from 'node:util';

/** The system does not let us read what stands at a path: its error, with the path where it is to be found. */
export class Unreadable extends Error {
  readonly code: string;
  readonly path: string;
  readonly syscall = 'open';

  constructor(cause: Error, code: string, path: string) {
    super(`${code}: "${path}" cannot be read.`, { cause });
    this.code = code;
    this.path = path;
  }
}

/** Makes an Unreadable of what the system denies who reads at `path`; other errors pass. */
export const asUnreadable = (path: string, error: unknown): unknown => {
  if (!types.isNativeError(error) || error instanceof Unreadable || !('syscall' in error)) return error;
  if (!('code' in error) || (error.code !== 'EACCES' && error.code !== 'EPERM')) return error;
  return new Unreadable(error, error.code, path);
};

/** Does what reads at `path`, at once. Errors: as of `asUnreadable`. */
export const reading = <T>(path: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    throw asUnreadable(path, error);
  }
};
