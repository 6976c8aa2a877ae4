import path from 'node:path';
import fs from 'fs-extra';
import { recordKey } from '../core/records.js';
import { StoreError } from '../errors/store-error.js';
import { soundRecords } from './check-records.js';
import { type Files, realFiles } from './files.js';
import { compactJournal, Journal, type JournalContent, readJournal } from './journal.js';
import { type Lock, takeLock } from './lock.js';
import { MirrorDirectory } from './mirror-directory.js';
import { MirrorStore } from './mirror-store.js';
import { type Names, readNames, writeNames } from './names-file.js';
import { Ownership } from './ownership.js';
import { recover } from './recover.js';
import { readState, type ReadState } from './state-file.js';
import { statePaths } from './state-paths.js';
import { storeFailure } from './store-failure.js';
import { TemporaryFiles } from './temporary-files.js';

/** What an earlier run has left, read without changing or locking anything. */
export interface StoredMirror {
  readonly state: ReadState;
  readonly journal: JournalContent;
  /** Keys of the records whose files are there and whole. */
  readonly sound: ReadonlySet<string>;
  /** Of accounts, as the last pull knew them. */
  readonly names: Names;
}

export interface OpenMirrorOptions {
  /** Overwrite and delete what the user has changed. @default false */
  readonly force?: boolean;
  /** Told of each local file that was kept aside. */
  readonly onKept?: (path: string, keptAs: string) => void;
  /** @default Date.now */
  readonly now?: () => number;
  /** @default the file system of the machine */
  readonly files?: Files;
}

export interface OpenMirror extends StoredMirror {
  readonly store: MirrorStore;
  /** Remembers the names of accounts; a file that has them already is left untouched. */
  readonly saveNames: (names: Names) => Promise<void>;
}

const checkRoot = async (dir: string): Promise<void> => {
  const stat = await fs.stat(dir).catch(() => undefined);
  if (stat && !stat.isDirectory())
    throw new StoreError(`"${dir}" is a file; a mirror needs a folder.`, { hint: 'Name another folder.' });
};

/**
 * Reads only the state of the mirror in `dir`.
 * @throws StoreError when the folder cannot be used
 */
export const readMirrorState = async (dir: string): Promise<ReadState> => {
  await checkRoot(dir);
  return withStoreFailure(dir, () => readState(statePaths(dir).state));
};

/** Reads the mirror in `dir`; one that does not exist is empty. */
export const readMirror = async (dir: string): Promise<StoredMirror> => {
  await checkRoot(dir);
  const paths = statePaths(dir);
  const journal = await readJournal(paths.journal);
  const writtenMs = (await fs.stat(paths.journal).catch(() => undefined))?.mtimeMs ?? 0;
  const sound = await soundRecords(new MirrorDirectory(dir), journal, writtenMs);
  return { state: await readState(paths.state), journal, sound, names: await readNames(paths.names) };
};

const ownershipOf = ({ journal }: StoredMirror): Ownership => {
  const ownership = new Ownership();
  for (const record of journal.records.values()) ownership.claim(recordKey(record.kind, record.id), record);
  for (const stamps of journal.intents.values()) for (const stamp of stamps) ownership.expect(stamp);
  return ownership;
};

/** True when more than half of the journal's lines say nothing any more. */
const isWorthCompacting = ({ lines, records }: JournalContent): boolean =>
  lines > 1000 && lines > 2 * records.size;

const prepare = async (dir: string, now: () => number): Promise<Lock> => {
  await checkRoot(dir);
  const paths = statePaths(dir);
  await realFiles.mkdir(paths.directory);
  await fs.writeFile(paths.gitignore, '*\n');
  return takeLock(paths.lock, dir, now);
};

/**
 * Opens the mirror in `dir` for one run, under its lock; makes it if there is none.
 * @throws MirrorLockedError while another run works on it
 * @throws StoreError when the folder cannot be used
 */
export const openMirror = async (dir: string, options: OpenMirrorOptions = {}): Promise<OpenMirror> => {
  const { force = false, onKept = () => undefined, now = Date.now, files = realFiles } = options;
  const root = path.resolve(dir);
  const lock = await withStoreFailure(root, () => prepare(root, now));
  try {
    return await withStoreFailure(root, () => openUnderLock(root, lock, { force, onKept, files }));
  } catch (error) {
    await lock.release();
    throw error;
  }
};

const withStoreFailure = async <T>(root: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw storeFailure(`The mirror in "${root}" cannot be opened`, error);
  }
};

const openUnderLock = async (
  root: string,
  lock: Lock,
  options: Pick<Required<OpenMirrorOptions>, 'force' | 'onKept' | 'files'>,
): Promise<OpenMirror> => {
  const { files } = options;
  const paths = statePaths(root);
  const stored = await readMirror(root);
  const { records } = stored.journal;
  if (isWorthCompacting(stored.journal)) await compactJournal(paths.journal, stored.journal, files);
  const temporary = new TemporaryFiles(paths.temporary, files);
  await temporary.clear();
  const journal = await Journal.open(paths.journal, files);
  const directory = new MirrorDirectory(root, files);
  await recover({ directory, content: stored.journal, sound: stored.sound }, journal);
  const store = new MirrorStore({
    ...options,
    directory,
    journal,
    temporary,
    ownership: ownershipOf(stored),
    records,
    stateFile: paths.state,
    close: async (isClean) => {
      try {
        await temporary.clear();
        if (isClean) journal.markClean();
        await journal.close();
      } finally {
        await lock.release();
      }
    },
  });
  const saveNames = (names: Names): Promise<void> =>
    withStoreFailure(root, () => writeNames(paths.names, { before: stored.names, names }, files));
  return { ...stored, store, saveNames };
};
