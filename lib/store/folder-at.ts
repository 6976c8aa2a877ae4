import { lstatSync, statSync } from 'node:fs';
import { StoreError } from '../errors/store-error.js';
import { checkOwn } from './check-own.js';
import { Folder, type FolderOptions } from './folder.js';
import { systemCode } from './store-failure.js';
import { reading } from './unreadable.js';

/** @throws StoreError when the folder of a mirror is a file */
export const checkRoot = (dir: string): void => {
  const stat = reading(dir, () => statSync(dir, { throwIfNoEntry: false }));
  if (stat?.isDirectory() === false)
    throw new StoreError(`"${dir}" is a file; a mirror needs a folder.`, { hint: 'Name another folder.' });
};

/** Whether a link leads to a folder. */
export const leadsToFolder = (link: string): boolean => {
  try {
    return statSync(link).isDirectory();
  } catch {
    return false;
  }
};

/** @throws StoreError when the folder of a mirror is a link that leads nowhere */
export const checkLink = (dir: string): void => {
  const options = { throwIfNoEntry: false } as const;
  if (statSync(dir, options) === undefined && lstatSync(dir, options)?.isSymbolicLink() === true)
    throw new StoreError(`"${dir}" is a symbolic link to a folder that is not there.`, {
      hint: 'Make that folder, or name another one.',
    });
};

/**
 * The folder of a mirror; undefined when it is not there yet.
 * @throws StoreError when it is a file, or something else stands in the place of one of rxsync's own files
 */
export const folderAt = (dir: string, options?: FolderOptions): Folder | undefined => {
  checkRoot(dir);
  try {
    const folder = new Folder(dir, options);
    checkOwn(folder);
    return folder;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
};
