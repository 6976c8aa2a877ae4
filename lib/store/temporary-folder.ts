import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Folder } from './folder.js';

/** A new folder among the temporary files of the system, with what removes it and all that is in it. */
export const temporaryFolder = async (): Promise<{
  readonly folder: Folder;
  readonly remove: () => Promise<void>;
}> => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'rxsync-'));
  return { folder: new Folder(directory), remove: () => rm(directory, { recursive: true }) };
};
