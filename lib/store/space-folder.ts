import fs from 'fs-extra';
import path from 'node:path';
import { isDeviceName } from '../core/file-names.js';
import { StoreError } from '../errors/store-error.js';

/** Names that mean something to a file system, or to a mirror, get others. */
const nameOf = (key: string): string =>
  isDeviceName(key) || key.startsWith('.') || key.endsWith('.') ? `_${key}_` : key;

/** For the folder of a space that is a link. */
export const linkedFolder = (folder: string): StoreError =>
  new StoreError(
    `"${folder}" is a symbolic link: the mirrors of several spaces are not looked for behind links.`,
    { hint: `Pull it by itself, which may be behind a link: into "${folder}".` },
  );

/**
 * Where the mirror of a space is in a folder that holds several: named by its key. A folder that is there keeps its name,
 * whatever its case.
 * @throws StoreError when a symbolic link stands there
 */
export const spaceFolder = async (dir: string, key: string): Promise<string> => {
  const wanted = nameOf(key);
  const entries = await fs.readdir(dir, { withFileTypes: true }).catch(() => []);
  const found = entries.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const folder = path.join(dir, found?.name ?? wanted);
  if (found?.isSymbolicLink() === true) throw linkedFolder(folder);
  return folder;
};
