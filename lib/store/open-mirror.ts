import path from 'node:path';
import { checkMounts } from './check-mounts.js';
import { checkWritable } from './check-writable.js';
import { ensureDirectory } from './ensure-directory.js';
import { type Files, makeDirectories, realFiles } from './files.js';
import { fenceRows } from './fence-rows.js';
import { Folder } from './folder.js';
import { checkLink, checkRoot, folderAt } from './folder-at.js';
import { ignoreInGit } from './ignore-in-git.js';
import { openLevelRows } from './level-rows.js';
import { type Lock, takeLock } from './lock.js';
import { MirrorDirectory } from './mirror-directory.js';
import { MirrorStore, type WholeEnd } from './mirror-store.js';
import { type Names, readNames, writeNames } from './names-file.js';
import { openRecords, type OpenRecords } from './open-records.js';
import { outerMirror } from './outer-mirror.js';
import { OWN } from './own-files.js';
import { Publisher } from './publisher.js';
import type { OpenRows } from './rows.js';
import { type Scratch, scratchIn } from './scratch.js';
import { writeSeal } from './seal.js';
import { readState, type ReadState, type State } from './state-file.js';
import type { OpenMirror, OpenMirrorOptions } from './stored-mirror.js';
import { withStoreFailure } from './store-failure.js';
import { TemporaryFiles } from './temporary-files.js';

/** The edges of a mirror in a folder. */
export interface OpenFolderOptions extends OpenMirrorOptions {
  /** @default the file system of the machine */
  readonly files?: Files;
  /** @default LevelDB */
  readonly openRows?: OpenRows;
}

/**
 * Reads only the state of the mirror in `dir`.
 * @throws StoreError when the folder cannot be used
 */
export const readMirrorState = (dir: string): Promise<ReadState<State>> =>
  withStoreFailure(`The mirror in "${dir}" cannot be read`, async () => {
    const folder = folderAt(dir);
    return folder === undefined ? { kind: 'none' } : readState(folder);
  });

const prepare = async (root: string, files: Files): Promise<Folder> => {
  checkRoot(root);
  checkLink(root);
  await makeDirectories(root);
  const folder = new Folder(root);
  await ensureDirectory(folder, OWN.directory);
  checkWritable(new Folder(root, { files }));
  return folder;
};

/**
 * Opens the mirror in `dir` for one run, under its lock; makes it if there is none.
 * @throws MirrorLockedError while another run works on it
 * @throws StoreError when the folder cannot be used
 */
export const openMirror = async (dir: string, options: OpenFolderOptions = {}): Promise<OpenMirror> => {
  const { now = Date.now, files = realFiles } = options;
  const root = path.resolve(dir);
  return withStoreFailure(`The mirror in "${root}" cannot be opened`, async () => {
    const lock = await takeLock(await prepare(root, files), { now });
    const folder = new Folder(root, { files, mayChange: () => lock.check(), keepsOpen: true });
    try {
      return await openUnderLock(folder, lock, options);
    } catch (error) {
      folder.release();
      const isOurs = lock.isHeld();
      await lock.release();
      // Whatever failed: somebody else works on the mirror by now.
      if (!isOurs) lock.check();
      throw error;
    }
  });
};

interface Closing {
  readonly temporary: TemporaryFiles;
  readonly scratch: Scratch;
  /** When the run took the lock, by the clock of the file system: it looks at files after that. */
  readonly lookedAtMs: number;
}

/** Ends a run: the databases first, whose seal says that nothing of it is in doubt. */
const closeMirror =
  (
    folder: Folder,
    lock: Lock,
    { temporary, scratch, lookedAtMs }: Closing,
    { tables, endCleanly }: OpenRecords,
  ) =>
  async (end: WholeEnd | undefined): Promise<void> => {
    try {
      await scratch.close();
      const isOurs = lock.isHeld();
      if (isOurs) await temporary.clear();
      try {
        if (isOurs && end) {
          const atMs = await temporary.time();
          await end.check();
          await endCleanly({ atMs, lookedAtMs, layoutDigest: end.layoutDigest });
        }
      } finally {
        await tables.close();
      }
      if (isOurs && end) await writeSeal(folder, temporary, tables.store, tables.mark.run);
    } finally {
      folder.release();
      await lock.release();
    }
  };

const savingNames =
  ({ root }: Folder, temporary: TemporaryFiles, before: Names) =>
  (names: Names): Promise<void> =>
    withStoreFailure(`The mirror in "${root}" cannot be written`, () =>
      writeNames(temporary, { before, names }),
    );

const openUnderLock = async (
  folder: Folder,
  lock: Lock,
  {
    force = false,
    onKept = () => undefined,
    onSwept = () => undefined,
    onWithin = () => undefined,
    onOutline = () => undefined,
    openRows = openLevelRows,
  }: OpenFolderOptions,
): Promise<OpenMirror> => {
  const temporary = new TemporaryFiles(folder);
  await temporary.clear();
  await checkMounts(folder);
  await ignoreInGit(folder, temporary);
  const state = await readState(folder);
  const outer = state.kind === 'none' ? outerMirror(folder.root) : undefined;
  if (outer !== undefined) onWithin(outer);
  const names = await readNames(folder);
  const places = {
    openRows: fenceRows(openRows, () => lock.check()),
    vacancy: () => temporary.vacancy(),
  };
  const lookedAtMs = folder.stat(OWN.lock)?.mtimeMs ?? 0;
  const opened = await openRecords(folder, folder, { ...places, state, onKept, onSwept, onOutline });
  const scratch = scratchIn(folder, places);
  const { tables, records, files, left, unsound, damage } = opened;
  const directory = new MirrorDirectory(folder);
  const { mark } = tables;
  const store = new MirrorStore({
    directory,
    temporary,
    publisher: new Publisher({ directory, records, files, left, run: mark.run, force, onKept }),
    records,
    files,
    mark,
    flush: opened.flush,
    mend: opened.mend,
    layoutDigest: opened.layoutDigest,
    left,
    lookedAtMs,
    close: closeMirror(folder, lock, { temporary, scratch, lookedAtMs }, opened),
  });
  return {
    state,
    records,
    unsound,
    names,
    damage,
    layoutDigest: opened.layoutDigest,
    store,
    openScratch: scratch.openScratch,
    saveNames: savingNames(folder, temporary, names),
    close: () => store.close(),
  };
};
