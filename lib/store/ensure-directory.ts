import type { Folder } from './folder.js';
import { noFolder } from './in-the-way.js';

/**
 * Makes one directory, unless it is there.
 * @throws StoreError when something else is
 */
export const ensureDirectory = async (folder: Folder, directory: string): Promise<void> => {
  const stat = folder.stat(directory);
  if (stat === undefined) await folder.makeDirectory(directory);
  else if (!stat.isDirectory()) throw noFolder(directory, stat);
};
