import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { StoreError } from '../errors/store-error.js';
import { type Files, realFiles } from './files.js';
import { Folder } from './folder.js';
import { systemCode } from './store-failure.js';

/** Does what writes temporary files; what the system refuses is told of their folder. */
const withTemporaryFailure = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw new StoreError(`Temporary files cannot be written to "${os.tmpdir()}": ${systemCode(error)}.`, {
      cause: error,
      hint: 'Set TMPDIR to a folder that may be written to, with as much space as .rxsync takes.',
    });
  }
};

const temporaryFiles: Files = {
  ...realFiles,
  writeFile: (file, content) => withTemporaryFailure(() => realFiles.writeFile(file, content)),
};

/** A new folder among the temporary files of the system, with what removes it and all that is in it. */
export const temporaryFolder = async (): Promise<{
  readonly folder: Folder;
  readonly remove: () => Promise<void>;
}> => {
  const directory = await withTemporaryFailure(() => mkdtemp(path.join(os.tmpdir(), 'rxsync-')));
  return {
    folder: new Folder(directory, { files: temporaryFiles }),
    remove: () => rm(directory, { recursive: true }),
  };
};
