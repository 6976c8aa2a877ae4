import type { MirrorDirectory } from './mirror-directory.js';
import { traceOf } from './trace-of.js';

/** Of the files that were kept aside before one that is the same. */
const sameAmong = async (
  directory: MirrorDirectory,
  path: string,
  kept: readonly string[],
): Promise<string | undefined> => {
  const stat = directory.stat(path);
  if (!stat?.isFile()) return undefined;
  const alike = kept.filter((each) => {
    const other = directory.stat(each);
    return other?.isFile() === true && other.size === stat.size;
  });
  const hash = alike.length === 0 ? undefined : await directory.hash(path);
  for (const each of alike)
    if ((await directory.hash(each)) === hash && directory.trace(path) === traceOf(stat)) return each;
  return undefined;
};

/**
 * Moves what stands at a path of the mirror to `<name>.local-<n>`, and returns where that is. A file of which such a copy is
 * there already goes: something that rewrites files after each pull would leave one more each time.
 */
export const keepAside = async (directory: MirrorDirectory, path: string): Promise<string> => {
  const kept: string[] = [];
  const next = (): string => `${path}.local-${kept.length + 1}`;
  while (directory.stat(next())) kept.push(next());
  const same = await sameAmong(directory, path, kept);
  if (same === undefined) await directory.moveTo(path, next());
  else await directory.unlink(path);
  return same ?? next();
};
