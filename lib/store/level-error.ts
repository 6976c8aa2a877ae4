import { types } from 'node:util';

/** The code of an error of LevelDB; undefined for any other. */
export const levelCode = (error: unknown): string | undefined => {
  if (!types.isNativeError(error)) return undefined;
  const cause = levelCode(error.cause);
  if (cause !== undefined) return cause;
  return 'code' in error && typeof error.code === 'string' && error.code.startsWith('LEVEL_')
    ? error.code
    : undefined;
};

/** What LevelDB says, and why the system refuses it, such as `ENOSPC`, which LevelDB does not tell by a code. */
export class RefusedByLevel extends Error {
  readonly reason: string;

  constructor(cause: unknown, reason: string) {
    super('The database cannot be written.', { cause });
    this.reason = reason;
  }
}

/** Whether another process has the database open. */
export const isLocked = (error: unknown): boolean => levelCode(error) === 'LEVEL_LOCKED';
