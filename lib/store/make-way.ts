import type { FileStamp } from '../core/records.js';
import { contentOf } from './check-records.js';
import type { FileTable } from './file-table.js';
import { keepAside } from './keep-aside.js';
import type { MirrorDirectory } from './mirror-directory.js';
import { traceOf } from './trace-of.js';

/** Where places are cleared. */
export interface Clearing {
  readonly directory: MirrorDirectory;
  readonly files: Pick<FileTable, 'stampsAt'>;
  /** Overwrites and deletes what the user has changed instead of keeping it aside. */
  readonly force: boolean;
  readonly onKept: (path: string, keptAs: string) => void;
}

/** Moves what stands at a path out of the way, and tells of it. */
const putAside = async ({ directory, onKept }: Clearing, path: string): Promise<void> =>
  onKept(path, await keepAside(directory, path));

/** What has become of a place. */
export interface Place {
  /** It holds already what shall be written there. */
  readonly isSame?: boolean;
  /** As what it was seen before it was looked into; undefined: as empty. Whoever goes on looks whether it still is. */
  readonly seen?: string | undefined;
}

/** Clears the place of a file that is about to be written of what is not ours. */
export const makeWay = async (clearing: Clearing, { path, bytes, hash }: FileStamp): Promise<Place> => {
  const { directory, files, force } = clearing;
  // Where nothing is to be seen, whoever writes there looks on the way.
  const stat = directory.glance(path) && directory.stat(path);
  if (!stat) return {};
  const seen = traceOf(stat);
  if (!stat.isFile()) {
    await putAside(clearing, path);
    return {};
  }
  // After a power cut a file may be there by name only.
  if (stat.size === 0 && bytes > 0) return { seen };
  const found = await contentOf(directory, path, [{ bytes, hash }, ...files.stampsAt(path)]);
  if (found?.hash === hash) return { isSame: true, seen };
  if (found !== undefined || force) return { seen };
  await putAside(clearing, path);
  return {};
};

/** Removes a file that is as it was written; what the user has made of it is kept aside, whenever that was. False: there was none. */
export const takeAway = async (clearing: Clearing, stamp: FileStamp): Promise<boolean> => {
  const { directory, force } = clearing;
  const { path } = stamp;
  const stat = directory.stat(path);
  if (stat === undefined) return false;
  const isOurs = stat.isFile() && (force || (await contentOf(directory, path, [stamp])) !== undefined);
  if (directory.trace(path) !== traceOf(stat)) return takeAway(clearing, stamp);
  await (isOurs ? directory.unlink(path) : putAside(clearing, path));
  return true;
};
