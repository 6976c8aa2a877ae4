import { StoreError } from '../errors/store-error.js';
import type { Folder } from './folder.js';
import { removeTree } from './remove-tree.js';
import { TABLES } from './seal.js';

const ATTEMPTS = 20;

/** What points to other files comes first: what it points to is there then, or has gone, which is noticed. */
const inOrder = (names: readonly string[]): string[] => [...names].sort((a, b) => (a < b ? 1 : -1));

const filesIn = (folder: Folder, directory: string): string[] =>
  inOrder(folder.list(directory).flatMap((entry) => (entry.isFile() ? entry.name : [])));

const copyOnce = async (from: Folder, store: string, to: Folder, target: string): Promise<boolean> => {
  for (const table of TABLES)
    if (from.hasDirectory(`${store}/${table}`)) from.hold(`${store}/${table}`).release();
  for (const directory of ['', ...TABLES.map((table) => `/${table}`)]) {
    const names = filesIn(from, store + directory);
    await to.makeDirectory(target + directory);
    for (const name of names) {
      const content = await from.read(`${store}${directory}/${name}`);
      if (content === undefined) return false;
      await to.create(`${target}${directory}/${name}`, content);
    }
    if (filesIn(from, store + directory).join('/') !== names.join('/')) return false;
  }
  return true;
};

/**
 * Copies the databases in `store` as they are at one moment, though somebody may be writing to them, to a directory that
 * is not there yet.
 * @throws StoreError when they do not come to rest
 */
export const copyStore = async (from: Folder, store: string, to: Folder, target: string): Promise<void> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (to.hasDirectory(target)) await removeTree(to, target);
    if (await copyOnce(from, store, to, target)) return;
  }
  throw new StoreError(`The records in "${from.root}" change faster than they can be read.`, {
    hint: 'Wait until the pull that works on them has ended.',
  });
};
