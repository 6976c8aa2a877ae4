import path from 'node:path';

/** The directory of a mirror path; the root's is empty. */
export const parentOf = (relative: string): string => path.posix.dirname(relative).replace(/^\.$/, '');

/** What a mirror path names in its directory. */
export const nameOf = (relative: string): string => path.posix.basename(relative);
