import { Readable } from 'node:stream';
import { expect, jest, test } from '@jest/globals';
import fs from 'fs-extra';
import { recordKey } from '../../lib/core/records.js';
import { openMirror, readMirrorState } from '../../lib/store/open-mirror.js';
import type { Store } from '../../lib/store/store.js';
import type { OpenMirror } from '../../lib/store/stored-mirror.js';
import { numberFromEnv } from '../support/counts.js';
import { statePaths } from './support/state-paths.js';
import { readRecords, STATE, withMirror, writePage } from './support/mirror.js';
import { type FragileMachine, fragileMachine, PowerCut } from './support/power-cut.js';
import { filesOf, useTemporaryDirectories } from './support/temporary-directory.js';

// Each case opens a mirror some dozens of times.
jest.setTimeout(120_000);

/** Of all moments at which the power may fail, one in so many. */
const STEP = numberFromEnv('RXSYNC_TABLE_STEP', 8);

const newDirectory = useTemporaryDirectories();

const writeAttachment = async (store: Store, target: string) => {
  const bytes = Buffer.from('bytes');
  const key = recordKey('attachment', 'att1');
  const stamp = await store.writeStream(key, target, Readable.from([bytes]), bytes.length);
  await store.put({ kind: 'attachment', id: 'att1', version: 1, fingerprint: '', files: [stamp] });
};

const first = async ({ store }: OpenMirror) => {
  await writePage(store, '1', { 'a.md': 'one' });
  await store.checkpoint(STATE);
};

const second = async ({ store, saveNames }: OpenMirror) => {
  await writePage(store, '2', { 'b.md': 'two' });
  await writeAttachment(store, 'a.attachments/x.bin');
  await writePage(store, '1', { 'a.md': 'ONE' }, 2);
  await store.checkpoint(STATE);
  await writePage(store, '3', { 'c.md': 'three' });
  await saveNames(new Map([['acct-1', 'Ada']]));
  await store.checkpoint(STATE);
};

/** What a wiki that went on in the meantime gives: each file is another one. */
const third = async ({ store }: OpenMirror) => {
  await writePage(store, '1', { 'a.md': 'oNe' }, 3);
  await writePage(store, '2', { 'b.md': 'tWo' }, 3);
  await writePage(store, '3', { 'c.md': 'thRee' }, 3);
};

const EXPECTED = { 'a.md': 'ONE', 'b.md': 'two', 'c.md': 'three', 'a.attachments/x.bin': 'bytes' };

/** Does the second run's work until the power fails, if it does; true when it did. */
const runUntilCut = async (dir: string, { files, openRows, losePower }: FragileMachine): Promise<boolean> => {
  let isCut = false;
  try {
    const mirror = await openMirror(dir, { files, openRows });
    try {
      await second(mirror);
    } finally {
      await mirror.close();
    }
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    isCut = true;
  }
  await losePower(dir);
  // Its owner is gone with the machine.
  await fs.remove(statePaths(dir).lock);
  return isCut;
};

/** How many pages the state promises, and how many the records hold. */
const promise = async (dir: string) => {
  const read = await readMirrorState(dir);
  const { records, damage } = await readRecords(dir);
  return {
    damage,
    state: read.kind,
    promised: read.kind === 'read' ? read.state.counts.page : 0,
    pages: [...records.values()].filter(({ kind }) => kind === 'page').length,
  };
};

test('whenever the power fails, the state promises no more than the records hold, and the next run ends whole', async () => {
  for (let lasts = 0; ; lasts += STEP) {
    const dir = await newDirectory();
    await withMirror(dir, first);
    const isCut = await runUntilCut(dir, fragileMachine(lasts));
    const { damage, state, promised, pages } = await promise(dir);
    expect({ lasts, damage, state }).toEqual({ lasts, damage: undefined, state: 'read' });
    expect({ lasts, promised, pages: Math.min(pages, promised) }).toEqual({
      lasts,
      promised,
      pages: promised,
    });
    await withMirror(dir, second);
    expect({ lasts, files: await filesOf(dir) }).toEqual({ lasts, files: EXPECTED });
    if (!isCut) break;
  }
});

test('whenever the power fails, nothing that rxsync has written is taken for a change of the user', async () => {
  for (let lasts = 0; ; lasts += STEP) {
    const dir = await newDirectory();
    await withMirror(dir, first);
    const isCut = await runUntilCut(dir, fragileMachine(lasts));
    const kept: string[] = [];
    await withMirror(dir, third, { onKept: (_, keptAs) => void kept.push(keptAs) });
    expect({ lasts, kept }).toEqual({ lasts, kept: [] });
    expect(await filesOf(dir)).toMatchObject({ 'a.md': 'oNe', 'b.md': 'tWo', 'c.md': 'thRee' });
    if (!isCut) break;
  }
});

test('what was recorded before a checkpoint is there after it', async () => {
  const dir = await newDirectory();
  const machine = fragileMachine();
  const { store, close } = await openMirror(dir, machine);
  await writePage(store, '1', { 'a.md': 'one' });
  await store.checkpoint(STATE);
  await machine.losePower(dir);
  expect([...(await readRecords(dir)).records.keys()]).toEqual(['page:1']);
  await close().catch(() => undefined);
});

test('what was written before the end is there after it, whole, and is not looked into again', async () => {
  const dir = await newDirectory();
  expect(await runUntilCut(dir, fragileMachine())).toBe(false);
  expect(await filesOf(dir)).toEqual(EXPECTED);
  const { records, unsound, damage } = await readRecords(dir);
  expect({ count: records.size, unsound, damage }).toEqual({
    count: 4,
    unsound: new Set(),
    damage: undefined,
  });
});

test('a file says that it is ours before it appears', async () => {
  const dir = await newDirectory();
  const machine = fragileMachine();
  const { store, close } = await openMirror(dir, machine);
  const before = machine.done.length;
  await store.writeText('page:1', 'a.md', 'one');
  expect(machine.done.slice(before)).toEqual(['writeFile', 'durable write', 'rename']);
  await close();
});
