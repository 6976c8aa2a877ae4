import path from 'node:path';
import { StoreError } from '../errors/store-error.js';
import { folderAt, leadsToFolder } from './folder-at.js';
import { isMirror } from './own-files.js';
import { linkedFolder } from './space-folder.js';
import { readState, type ReadState } from './state-file.js';
import { systemCode, withStoreFailure } from './store-failure.js';

/** A mirror in a folder of several. */
export interface InnerMirror {
  readonly dir: string;
  readonly state: ReadState;
  /** Why nothing is done with it. */
  readonly refusal?: StoreError;
}

/** What a folder is: a mirror, a folder of several mirrors, or neither. */
export interface Mirrors {
  /** The state of the mirror that the folder itself is. */
  readonly own: ReadState;
  /** Those that stand side by side in it, by their names; none in a mirror. */
  readonly inner: readonly InnerMirror[];
}

/** The mirror in a folder; of one in which something else stands in the place of rxsync's own files no more is known. */
const innerMirror = async (dir: string): Promise<InnerMirror | undefined> => {
  try {
    const folder = folderAt(dir);
    return folder !== undefined && isMirror(folder) ? { dir, state: await readState(folder) } : undefined;
  } catch (error) {
    if (systemCode(error) === 'EACCES') return undefined;
    if (!(error instanceof StoreError)) throw error;
    return { dir, state: { kind: 'damaged', reason: error.message } };
  }
};

/**
 * Looks for the mirror that `dir` is, else for those directly in it; one behind a symbolic link is refused. Reads their states
 * only.
 * @throws StoreError when the folder cannot be read
 */
export const mirrorsIn = (dir: string): Promise<Mirrors> =>
  withStoreFailure(`The mirrors in "${dir}" cannot be read`, async () => {
    const folder = folderAt(dir);
    if (folder === undefined) return { own: { kind: 'none' }, inner: [] };
    const own = await readState(folder);
    if (own.kind !== 'none') return { own, inner: [] };
    const entries = folder
      .list('')
      .filter((entry) =>
        entry.isSymbolicLink() ? leadsToFolder(path.join(dir, entry.name)) : entry.isDirectory(),
      );
    const inner: InnerMirror[] = [];
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const place = path.join(dir, entry.name);
      const found = await innerMirror(place);
      if (found === undefined) continue;
      if (entry.isSymbolicLink())
        inner.push({ dir: place, state: { kind: 'none' }, refusal: linkedFolder(place) });
      else inner.push(found);
    }
    return { own, inner };
  });
