import type { Folder } from './folder.js';
import { OWN } from './own-files.js';
import type { TemporaryFiles } from './temporary-files.js';

const GITIGNORE = '*\n';

/** Keeps git out of rxsync's own folder. */
export const ignoreInGit = async (folder: Folder, temporary: TemporaryFiles): Promise<void> => {
  if ((await folder.read(OWN.gitignore))?.toString() !== GITIGNORE)
    await temporary.replace(OWN.gitignore, GITIGNORE);
};
