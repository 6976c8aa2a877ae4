import path from 'node:path';
import { OWN } from '../../../lib/store/own-files.js';

/** Where rxsync's own files of a mirror are, as the file system names them. */
export const statePaths = (root: string): Readonly<Record<keyof typeof OWN, string>> => ({
  directory: path.join(root, OWN.directory),
  state: path.join(root, OWN.state),
  names: path.join(root, OWN.names),
  lock: path.join(root, OWN.lock),
  takeover: path.join(root, OWN.takeover),
  temporary: path.join(root, OWN.temporary),
  gitignore: path.join(root, OWN.gitignore),
});
