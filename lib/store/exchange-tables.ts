import { copyStore } from './copy-store.js';
import type { Folder } from './folder.js';
import { storeDirectory } from './own-files.js';
import { removeTree } from './remove-tree.js';

/**
 * Puts two databases that stand in each other's place where they belong, in a directory of the next number, which it returns; the one
 * before goes only then. `vacancy` names a directory that is not there yet.
 */
export const exchangeTables = async (
  folder: Folder,
  number: number,
  vacancy: () => string,
): Promise<number> => {
  const [copy, aside] = [vacancy(), vacancy()];
  await copyStore(folder, storeDirectory(number), folder, copy);
  await folder.rename(`${copy}/records`, aside);
  await folder.rename(`${copy}/files`, `${copy}/records`);
  await folder.rename(aside, `${copy}/files`);
  await folder.rename(copy, storeDirectory(number + 1));
  await removeTree(folder, storeDirectory(number));
  return number + 1;
};
