import { rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { NoMirrorError } from '../../lib/errors/no-mirror-error.js';
import { mirrorStatus } from '../../lib/store/mirror-status.js';
import type { MirrorState } from '../../lib/store/state-file.js';
import { mirrorStateWith } from '../support/mirror-state.js';
import { FAILED_ITEM, INCOMPLETE, killedAfter, STATE, withMirror, writePage } from './support/mirror.js';
import { statePaths } from './support/state-paths.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const statusOf = (dir: string) => mirrorStatus(dir, Date.now);

/** A run that was cut short. */
const CUT_OFF = mirrorStateWith({
  checkpoint: {
    scope: STATE.scope,
    processedCount: 1,
    totalCount: 2,
    startedAt: '2026-01-01T00:00:00Z',
    failedIds: [],
  },
});

/** A mirror of one page, whose state is written before another one comes. */
const mirror = async (state: MirrorState): Promise<string> => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store }) => {
    await writePage(store, '1', { 'a.md': 'one' });
    await store.checkpoint(state);
    await writePage(store, '2', { 'b.md': 'second' });
  });
  return dir;
};
const ONE = { items: 1, files: 1, bytes: 3 };
const BOTH = { items: 2, files: 2, bytes: 9 };

test('what the state says is told', async () => {
  const told: Partial<MirrorState> = {
    lastSync: '2026-01-03T00:00:00Z',
    lastFullSync: '2026-01-02T00:00:00Z',
    failedItems: [FAILED_ITEM],
    failedCount: 3,
    incomplete: [INCOMPLETE],
  };
  const status = await statusOf(await mirror(mirrorStateWith(told)));
  expect(status).toEqual({
    ...told,
    scope: STATE.scope,
    spaceName: STATE.spaceName,
    checkpoint: null,
    kinds: expect.objectContaining({ page: ONE, folder: { items: 0, files: 0, bytes: 0 } }),
  });
});

test('a run that was cut off has done more than its checkpoint says: its records are counted', async () => {
  const dir = await mirror(CUT_OFF);
  expect(await statusOf(dir)).toMatchObject({ checkpoint: CUT_OFF.checkpoint, kinds: { page: BOTH } });
});

test('while a run is at work its checkpoint tells, and who it is', async () => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store }) => {
    await writePage(store, '1', { 'a.md': 'one' });
    await store.checkpoint(CUT_OFF);
    await writePage(store, '2', { 'b.md': 'second' });
    expect(await statusOf(dir)).toMatchObject({
      kinds: { page: ONE },
      running: { pid: process.pid, host: os.hostname() },
    });
  });
  expect((await statusOf(dir)).running).toBeUndefined();
});

test.each<[string, (file: string) => Promise<void>, RegExp]>([
  ['missing', (file) => rm(file), /^\.rxsync\/state\.json is missing/],
  ['damaged', (file) => writeFile(file, '{'), /^\.rxsync\/state\.json cannot be read \(no JSON\)/],
])('of a mirror whose state is %s the records tell', async (_, lose, message) => {
  const dir = await mirror(mirrorStateWith({ lastSync: '2026-01-03T00:00:00Z', failedCount: 3 }));
  await lose(statePaths(dir).state);
  expect(await statusOf(dir)).toEqual({
    lastSync: null,
    lastFullSync: null,
    checkpoint: null,
    failedItems: [],
    failedCount: 0,
    incomplete: [],
    kinds: expect.objectContaining({ page: BOTH }),
    lostState: {
      message: expect.stringMatching(message),
      hint: expect.stringContaining('Pull with `space`'),
    },
  });
});

test('a mirror whose first run was killed before it had said or done anything has lost nothing', async () => {
  const dir = await newDirectory();
  await killedAfter(dir, () => Promise.resolve());
  const status = await statusOf(dir);
  expect(status).toMatchObject({ lastSync: null, kinds: { page: { items: 0 } } });
  expect(status.lostState).toBeUndefined();
});

test('a folder without a mirror is an error that names it, there or not', async () => {
  const dir = await newDirectory();
  for (const each of [dir, path.join(dir, 'nowhere')]) {
    await expect(statusOf(each)).rejects.toThrow(NoMirrorError);
    await expect(statusOf(each)).rejects.toMatchObject({
      message: `There is no mirror in "${each}".`,
      hint: expect.stringContaining('Name the folder that holds .rxsync'),
    });
  }
});

test('what the system refuses is told with the mirror', async () => {
  await expect(statusOf('/dev/null/below')).rejects.toMatchObject({
    code: 'store',
    message: 'The mirror in "/dev/null/below" cannot be read: ENOTDIR.',
  });
});
