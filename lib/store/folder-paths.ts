import path from 'node:path';

/** Where a path of a mirror is, below its real root; the empty path is the root. */
export const locationOf = (root: string, relative: string): string => {
  if (relative === '') return root;
  return root.endsWith(path.sep) ? `${root}${relative}` : `${root}${path.sep}${relative}`;
};

/** Where a folder is, wherever the process goes to work from now on. */
export const absoluteOf = (dir: string): string => path.resolve(dir);

/** The directory of a mirror path; the root's is empty. */
export const parentOf = (relative: string): string =>
  relative.slice(0, Math.max(0, relative.lastIndexOf('/')));

/** What a mirror path names in its directory. */
export const nameOf = (relative: string): string => relative.slice(relative.lastIndexOf('/') + 1);
