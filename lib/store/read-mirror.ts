import { randomUUID } from 'node:crypto';
import { chooseStore } from './choose-store.js';
import { copyStore } from './copy-store.js';
import type { FileTable } from './file-table.js';
import type { Folder } from './folder.js';
import { folderAt } from './folder-at.js';
import { openLevelRows } from './level-rows.js';
import { type LockOwner, lockOwner } from './lock.js';
import { readNames } from './names-file.js';
import { openRecords } from './open-records.js';
import { isMirror, OWN, storeDirectory } from './own-files.js';
import { RecordTable } from './record-table.js';
import { noRows } from './rows.js';
import type { CleanEnd } from './store-mark.js';
import { scratchIn, temporaryScratch } from './scratch.js';
import { readState } from './state-file.js';
import { withStoreFailure } from './store-failure.js';
import type { ReadMirrorOptions, StoredMirror } from './stored-mirror.js';
import { temporaryFolder } from './temporary-folder.js';

/** A mirror that is read without changing or locking anything. */
export interface ReadMirror extends StoredMirror {
  /** What it knows of its files. */
  readonly files: Pick<FileTable, 'find'>;
  readonly folder: Folder;
  readonly records: RecordTable;
  /** How the last run that ended cleanly has ended. */
  readonly clean: CleanEnd;
  /** The pull that works on the mirror at this moment. */
  readonly owner: LockOwner | undefined;
}

/** Reads from a copy of the databases: a pull that works on them is not disturbed, and the folder may be read-only. */
const readFrom = async (
  folder: Folder,
  { folder: own, remove }: Awaited<ReturnType<typeof temporaryFolder>>,
  { onOutline, now = Date.now }: ReadMirrorOptions,
): Promise<ReadMirror> => {
  for (const directory of [OWN.directory, OWN.temporary]) await own.makeDirectory(directory);
  const state = await readState(folder);
  const number = await chooseStore(folder, state.kind === 'read' ? state.state.records : undefined);
  if (number !== undefined) await copyStore(folder, storeDirectory(number), own, storeDirectory(number));
  const owner = lockOwner(folder, now());
  const names = await readNames(folder);
  const places = { openRows: openLevelRows, vacancy: () => `${OWN.temporary}/${randomUUID()}` };
  const { tables, ...opened } = await openRecords(own, folder, {
    ...places,
    state,
    ...(onOutline && { onOutline }),
  });
  const { openScratch, close: closeScratch } = scratchIn(own, places);
  const close = (): Promise<void> => {
    folder.release();
    return closeScratch().finally(tables.close).finally(remove);
  };
  return { ...opened, openScratch, folder, state, names, owner, clean: tables.clean, close };
};

/** What there is to go on from where no mirror is yet. */
export const noMirrorYet = (): StoredMirror => ({
  state: { kind: 'none' },
  records: new RecordTable(noRows),
  unsound: new Set(),
  names: new Map(),
  ...temporaryScratch(),
});

/**
 * Reads the mirror in `dir`; undefined when there is none. To be closed after use.
 * @throws StoreError when it cannot be read
 */
export const readMirror = (dir: string, options: ReadMirrorOptions = {}): Promise<ReadMirror | undefined> =>
  withStoreFailure(`The mirror in "${dir}" cannot be read`, async () => {
    const folder = folderAt(dir, { keepsOpen: true });
    if (folder === undefined || !isMirror(folder)) return undefined;
    const copy = await temporaryFolder();
    try {
      return await readFrom(folder, copy, options);
    } catch (error) {
      folder.release();
      await copy.remove();
      throw error;
    }
  });
