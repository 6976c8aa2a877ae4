/** The directory of a mirror path; the root's is empty. */
export const parentOf = (relative: string): string =>
  relative.slice(0, Math.max(0, relative.lastIndexOf('/')));

/** What a mirror path names in its directory. */
export const nameOf = (relative: string): string => relative.slice(relative.lastIndexOf('/') + 1);
