import fs from 'fs-extra';
import { NoMirrorError } from '../errors/no-mirror-error.js';
import { type JournalContent, readJournal } from './journal.js';
import { type LockOwner, lockOwner } from './lock.js';
import { readState, type ReadState } from './state-file.js';
import { statePaths } from './state-paths.js';
import { storeFailure } from './store-failure.js';

/** What the state folder of a mirror says, read without changing or locking anything. */
export interface ExistingMirror {
  readonly state: ReadState;
  readonly journal: JournalContent;
  /** The pull that works on the mirror at this moment. */
  readonly owner: LockOwner | undefined;
}

/**
 * Reads the state folder of the mirror in `dir`; its files are not looked at.
 * @throws NoMirrorError when there is none
 * @throws StoreError when it cannot be read
 */
export const readExistingMirror = async (dir: string, now: () => number): Promise<ExistingMirror> => {
  const paths = statePaths(dir);
  try {
    if (!(await fs.pathExists(paths.state)) && !(await fs.pathExists(paths.journal)))
      throw new NoMirrorError(`There is no mirror in "${dir}".`, {
        hint: 'Name the folder that holds .rxsync; of several spaces that is <dir>/<KEY>. rxsync pull makes a mirror.',
      });
    const owner = await lockOwner(paths.lock, now());
    return { owner, state: await readState(paths.state), journal: await readJournal(paths.journal) };
  } catch (error) {
    throw storeFailure(`The mirror in "${dir}" cannot be read`, error);
  }
};
