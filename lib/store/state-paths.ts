import path from 'node:path';
import { STATE_DIRECTORY } from './mirror-directory.js';

/** Where rxsync's own files of a mirror are. */
export const statePaths = (root: string) => {
  const directory = path.join(root, STATE_DIRECTORY);
  return {
    directory,
    state: path.join(directory, 'state.json'),
    names: path.join(directory, 'names.json'),
    journal: path.join(directory, 'records.ndjson'),
    lock: path.join(directory, 'lock'),
    temporary: path.join(directory, 'tmp'),
    gitignore: path.join(directory, '.gitignore'),
  };
};
