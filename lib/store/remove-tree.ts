import type { Folder } from './folder.js';

/** Removes what is in a directory; links and special files as such. */
export const removeEntries = async (folder: Folder, directory: string): Promise<void> => {
  for (const entry of folder.list(directory)) {
    const relative = `${directory}/${entry.name}`;
    if (entry.isDirectory()) await removeTree(folder, relative);
    else await folder.unlink(relative);
  }
};

/** Removes a directory and what is in it. */
export const removeTree = async (folder: Folder, directory: string): Promise<void> => {
  await removeEntries(folder, directory);
  await folder.removeDirectory(directory);
};
