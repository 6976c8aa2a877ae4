import type { Stats } from './files.js';

/** What tells a file that was looked at from another, and from the same with another content; undefined for none. */
export const traceOf = (stat: Stats | undefined): string | undefined =>
  // Kept for every file that a run writes: joined it takes a third of the memory that a template of its parts does.
  stat && [stat.dev, stat.ino, stat.size, stat.mtimeMs, stat.ctimeMs].join(' ');
