import type { Folder } from './folder.js';
import { noFile, noFolder } from './in-the-way.js';
import { OWN, storeDirectory, storeNumbers } from './own-files.js';
import { idPath } from './store-mark.js';
import { sealPath, TABLES } from './seal.js';

const checkDirectory = (folder: Folder, directory: string): void => {
  const stat = folder.stat(directory);
  if (stat?.isDirectory() === false) throw noFolder(directory, stat);
};

/** @throws StoreError when something else stands in the place of a directory of the databases */
export const checkDirectories = (folder: Folder, store: string): void => {
  for (const directory of [store, ...TABLES.map((table) => `${store}/${table}`)])
    checkDirectory(folder, directory);
};

const checkFile = (folder: Folder, file: string): void => {
  const stat = folder.stat(file);
  if (stat?.isFile() === false) throw noFile(file, stat);
};

const { directory: own, temporary, ...files } = OWN;

/**
 * Looks at what stands in the place of rxsync's own files and folders, before any is opened.
 * @throws StoreError naming the first that is something else
 */
export const checkOwn = (folder: Folder): void => {
  for (const directory of [own, temporary]) checkDirectory(folder, directory);
  for (const file of Object.values(files)) checkFile(folder, file);
  for (const number of storeNumbers(folder)) {
    const store = storeDirectory(number);
    checkDirectories(folder, store);
    for (const file of [idPath(store), sealPath(store)]) checkFile(folder, file);
  }
};
