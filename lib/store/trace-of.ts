import type { Stats } from './files.js';

/** What tells a file from another, and from the same with another content, wherever it is moved to; undefined for none. */
export const likenessOf = (stat: Stats | undefined): string | undefined =>
  // Joined, a text takes a third of the memory that a template of its parts does.
  stat && [stat.dev, stat.ino, stat.size, stat.mtimeMs].join(' ');

/** As {@link likenessOf}, and from the same that was moved, or changed and given its time back. */
export const traceOf = (stat: Stats | undefined): string | undefined =>
  stat && [likenessOf(stat), stat.ctimeMs].join(' ');
