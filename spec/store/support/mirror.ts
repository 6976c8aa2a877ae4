import { cp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ItemRecord, recordKey } from '../../../lib/core/records.js';
import type { FailedItem } from '../../../lib/events/failed-item.js';
import type { IncompleteListing } from '../../../lib/events/incomplete-listing.js';
import { type Files, realFiles } from '../../../lib/store/files.js';
import { type OpenFolderOptions, openMirror } from '../../../lib/store/open-mirror.js';
import { readMirror } from '../../../lib/store/read-mirror.js';
import type { MirrorState } from '../../../lib/store/state-file.js';
import type { Store } from '../../../lib/store/store.js';
import type { OpenMirror } from '../../../lib/store/stored-mirror.js';
import { statePaths } from './state-paths.js';
import { mirrorStateWith } from '../../support/mirror-state.js';

export const STATE: MirrorState = mirrorStateWith();

/** What a pull leaves behind. */
export const FAILED_ITEM: FailedItem = {
  kind: 'page',
  id: '8',
  title: 'Eight',
  code: 'http',
  retryable: true,
  attempts: 3,
  message: 'No.',
  hint: 'Pull again.',
};
export const INCOMPLETE: IncompleteListing = {
  of: 'comments',
  code: 'http',
  message: 'No.',
  hint: 'Pull again.',
};

/** Writes a page's files as a pull does: the files, then the record. */
export const writePage = async (
  store: Store,
  id: string,
  files: Readonly<Record<string, string>>,
  version = 1,
): Promise<ItemRecord> => {
  const stamps = [];
  for (const [target, content] of Object.entries(files))
    stamps.push(await store.writeText(recordKey('page', id), target, content));
  const record: ItemRecord = { kind: 'page', id, version, fingerprint: `f${version}`, files: stamps };
  await store.put(record);
  return record;
};

/** Opens the mirror, lets `use` work on it and closes it cleanly. */
export const withMirror = async <T>(
  dir: string,
  use: (mirror: OpenMirror) => Promise<T>,
  options: OpenFolderOptions = {},
): Promise<T> => {
  const mirror = await openMirror(dir, options);
  try {
    return await use(mirror);
  } finally {
    await mirror.close();
  }
};

class Killed extends Error {}

/** The files of the machine for a process that is killed before operation number `at` of a kind, from 1. */
const mortalFiles = (operation: 'unlink' | 'rmdir', at: number): Files => {
  let count = 0;
  return {
    ...realFiles,
    [operation]: async (file: string): Promise<void> => {
      count += 1;
      if (count === at) throw new Killed();
      await realFiles[operation](file);
    },
  };
};

/**
 * Lets `use` work on the mirror, to its end or until the process is killed `before` an operation, and leaves its state as that
 * would: the databases as they were at that moment, the lock gone as that of a dead owner.
 */
export const killedAfter = async (
  dir: string,
  use: (mirror: OpenMirror) => Promise<unknown>,
  before?: readonly ['unlink' | 'rmdir', number],
): Promise<void> => {
  const { directory, lock } = statePaths(dir);
  const mirror = await openMirror(dir, before && { files: mortalFiles(...before) });
  await use(mirror).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error;
  });
  const atKill = path.join(directory, 'at-kill');
  const stores = (await readdir(directory)).filter((name) => name.startsWith('store-'));
  for (const name of stores)
    await cp(path.join(directory, name), path.join(atKill, name), { recursive: true });
  await mirror.close();
  for (const name of stores) {
    await rm(path.join(directory, name), { recursive: true });
    await rename(path.join(atKill, name), path.join(directory, name));
  }
  await rm(atKill, { recursive: true });
  await rm(lock, { force: true });
};

/** What the next run would find, by record key. */
export const readRecords = async (dir: string) => {
  const mirror = await readMirror(dir);
  const records = new Map<string, ItemRecord>();
  if (mirror)
    for await (const record of mirror.records.all()) records.set(recordKey(record.kind, record.id), record);
  await mirror?.close();
  const unsound = mirror?.unsound ?? new Set<string>();
  return {
    records,
    unsound,
    sound: [...records.keys()].filter((key) => !unsound.has(key)).sort(),
    damage: mirror?.damage,
  };
};

export const put = (dir: string, name: string, content: string): Promise<void> =>
  writeFile(path.join(dir, name), content);
