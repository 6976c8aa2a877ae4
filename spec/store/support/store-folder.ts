import { mkdir } from 'node:fs/promises';
import { Folder } from '../../../lib/store/folder.js';
import type { Files } from '../../../lib/store/files.js';
import { statePaths } from './state-paths.js';

/** The folder of a mirror that holds nothing yet. */
export const storeFolder = async (dir: string, files?: Files): Promise<Folder> => {
  await mkdir(statePaths(dir).temporary, { recursive: true });
  return new Folder(dir, files && { files });
};
