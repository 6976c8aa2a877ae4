import { copyFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ItemRecord, recordKey } from '../../../lib/core/records.js';
import type { MirrorStore } from '../../../lib/store/mirror-store.js';
import { type OpenMirror, type OpenMirrorOptions, openMirror } from '../../../lib/store/open-mirror.js';
import type { MirrorState } from '../../../lib/store/state-file.js';
import { statePaths } from '../../../lib/store/state-paths.js';
import { mirrorStateWith } from '../../support/mirror-state.js';

export const STATE: MirrorState = mirrorStateWith({ counts: { page: 1 } });

/** Writes a page's files as a pull does: the files, then the record. */
export const writePage = async (
  store: MirrorStore,
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
  options: OpenMirrorOptions = {},
): Promise<T> => {
  const mirror = await openMirror(dir, options);
  try {
    return await use(mirror);
  } finally {
    await mirror.store.close();
  }
};

/**
 * Lets `use` work on the mirror and leaves its state as a killed process would: the journal as it was at that moment,
 * the lock gone as that of a dead owner.
 */
export const killedAfter = async (
  dir: string,
  use: (mirror: OpenMirror) => Promise<unknown>,
): Promise<void> => {
  const { journal, lock } = statePaths(dir);
  const mirror = await openMirror(dir);
  await use(mirror);
  const atKill = path.join(path.dirname(journal), 'at-kill');
  await copyFile(journal, atKill);
  await mirror.store.close();
  await copyFile(atKill, journal);
  await rm(atKill);
  await rm(lock, { force: true });
};

export const put = (dir: string, name: string, content: string): Promise<void> =>
  writeFile(path.join(dir, name), content);
