import type { Stats } from './files.js';

/** What tells a file that was looked at from another, and from the same with another content; undefined for none. */
export const traceOf = (stat: Stats | undefined): string | undefined =>
  stat && `${stat.dev} ${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
