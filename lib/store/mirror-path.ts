import { StoreError } from '../errors/store-error.js';
import { isOwn } from './own-files.js';

/** Has a part that is empty, `.` or `..`, or the character that ends a path for the system. */
const NO_PATH = /(?:^|\/)\.{0,2}(?:\/|$)|\0/;

const isPath = (relative: string): boolean => !NO_PATH.test(relative) && !isOwn(relative);

/** Returns the path. @throws StoreError when it would leave the mirror or enter rxsync's own folder */
export const mirrorPath = (relative: string): string => {
  if (!isPath(relative)) throw new StoreError(`"${relative}" is no path within a mirror.`);
  return relative;
};
