import nodeFs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import fs from 'fs-extra';
import { recordKey } from '../../lib/core/records.js';
import { realFiles } from '../../lib/store/files.js';
import { compactJournal, readJournal } from '../../lib/store/journal.js';
import type { MirrorStore } from '../../lib/store/mirror-store.js';
import { type OpenMirror, openMirror } from '../../lib/store/open-mirror.js';
import { readState } from '../../lib/store/state-file.js';
import { statePaths } from '../../lib/store/state-paths.js';
import { STATE, withMirror, writePage } from './support/mirror.js';
import { type FragileFiles, fragileFiles, PowerCut } from './support/power-cut.js';
import { filesOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

afterEach(() => {
  jest.restoreAllMocks();
});

/** What the run says it has done: so many pages. */
const stateOf = (count: number) => ({ ...STATE, counts: { page: count } });

const writeAttachment = async (store: MirrorStore, target: string) => {
  const bytes = Buffer.from('bytes');
  const key = recordKey('attachment', 'att1');
  const stamp = await store.writeStream(key, target, Readable.from([bytes]), bytes.length);
  await store.put({ kind: 'attachment', id: 'att1', version: 1, fingerprint: '', files: [stamp] });
};

const first = async ({ store }: OpenMirror) => {
  await writePage(store, '1', { 'a.md': 'one' });
  await store.checkpoint(stateOf(1));
};

const second = async ({ store, saveNames }: OpenMirror) => {
  await writePage(store, '2', { 'b.md': 'two' });
  await writeAttachment(store, 'a.attachments/x.bin');
  await writePage(store, '1', { 'a.md': 'ONE' }, 2);
  await store.checkpoint(stateOf(2));
  await writePage(store, '3', { 'c.md': 'three' });
  await saveNames(new Map([['acct-1', 'Ada']]));
  await store.checkpoint(stateOf(3));
};

const EXPECTED = { 'a.md': 'ONE', 'b.md': 'two', 'c.md': 'three', 'a.attachments/x.bin': 'bytes' };

/** Does the second run's work until the power fails, if it does; true when it did. */
const runUntilCut = async (dir: string, { files, losePower }: FragileFiles): Promise<boolean> => {
  let isCut = false;
  try {
    const mirror = await openMirror(dir, { files });
    try {
      await second(mirror);
    } finally {
      await mirror.store.close();
    }
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    isCut = true;
  }
  losePower(dir);
  // Its owner is gone with the machine.
  await fs.remove(statePaths(dir).lock);
  return isCut;
};

const journalIn = (dir: string) => readJournal(statePaths(dir).journal);

test('whenever the power fails, the state promises no more than the records hold, and the next run ends whole', async () => {
  for (let lasts = 0; ; lasts += 1) {
    const dir = await newDirectory();
    await withMirror(dir, first);
    const isCut = await runUntilCut(dir, fragileFiles(lasts));
    const state = await readState(statePaths(dir).state);
    const { records } = await journalIn(dir);
    const pages = [...records.values()].filter(({ kind }) => kind === 'page').length;
    const promised = state.kind === 'read' ? (state.state.counts.page ?? 0) : 0;
    expect({ lasts, state: state.kind }).not.toEqual({ lasts, state: 'damaged' });
    expect({ lasts, promised, pages: Math.min(pages, promised) }).toEqual({
      lasts,
      promised,
      pages: promised,
    });
    await withMirror(dir, second);
    expect(await filesOf(dir)).toEqual(EXPECTED);
    if (!isCut) break;
  }
});

test('what was recorded before a checkpoint is there after it, whole', async () => {
  const dir = await newDirectory();
  const { files, losePower } = fragileFiles();
  const { store } = await openMirror(dir, { files });
  await writePage(store, '1', { 'a.md': 'one' });
  await store.checkpoint(STATE);
  losePower(dir);
  expect([...(await journalIn(dir)).records.keys()]).toEqual(['page:1']);
  await store.close();
});

test('what was recorded before the end is there after it', async () => {
  const dir = await newDirectory();
  expect(await runUntilCut(dir, fragileFiles())).toBe(false);
  const { records, unsure } = await journalIn(dir);
  expect({ count: records.size, unsure }).toEqual({ count: 4, unsure: new Set() });
});

test('a journal that was made shorter says the same', async () => {
  const dir = await newDirectory();
  await withMirror(dir, second);
  const { journal } = statePaths(dir);
  const before = await readJournal(journal);
  const { files, done, losePower } = fragileFiles();
  await compactJournal(journal, before, files);
  losePower(dir);
  expect((await readJournal(journal)).records).toEqual(before.records);
  expect(done.slice(-2)).toEqual(['fsync', 'rename']);
});

describe('the files of the machine', () => {
  /** Sizes of the synced files, at that moment. */
  const useSyncs = (): number[] => {
    const sizes: number[] = [];
    const { fsync } = nodeFs;
    jest.spyOn(nodeFs, 'fsync').mockImplementation((fd, done) => {
      sizes.push(nodeFs.fstatSync(fd).size);
      fsync(fd, done);
    });
    return sizes;
  };

  test('a file is synced when all its bytes are written, before its promise resolves', async () => {
    const file = path.join(await newDirectory(), 'a.md');
    const sizes = useSyncs();
    await realFiles.writeFile(file, 'twelve bytes');
    expect(sizes).toEqual([12]);
  });

  test('a stream is synced before it closes', async () => {
    const file = path.join(await newDirectory(), 'a.bin');
    const sizes = useSyncs();
    await pipeline(Readable.from(['twelve', ' bytes']), realFiles.createWriteStream(file));
    expect(sizes).toEqual([12]);
  });
});
