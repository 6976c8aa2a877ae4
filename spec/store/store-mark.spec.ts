import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { memoryRows } from '../../lib/store/memory-rows.js';
import { type Change, withWrite } from '../../lib/store/rows.js';
import {
  idPath,
  isIntact,
  knownUntilMs,
  lastCleanEnd,
  noteDamage,
  openDamage,
  readId,
  readRun,
  signMark,
  writeCleanEnd,
  writeId,
  writeRun,
} from '../../lib/store/store-mark.js';
import { storeFolder } from './support/store-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const DAMAGE = { text: 'they are gone', isOneWhole: false };

/** Rows that note what is written, and whether it survives a power cut. */
const watchedRows = () => {
  const writes: { changes: readonly Change[]; isDurable: boolean | undefined }[] = [];
  const rows = memoryRows();
  const write: typeof rows.write = (changes, options) => {
    writes.push({ changes, isDurable: options?.isDurable });
    return rows.write(changes, options);
  };
  return { rows: withWrite(rows, write), writes };
};

test('a mark that anything was changed of is not as it was signed', () => {
  const mark = signMark({ id: 'a', run: 3 }, 100);
  expect(mark).toMatchObject({ id: 'a', run: 3, atMs: 100 });
  expect(isIntact(mark)).toBe(true);
  for (const change of [{ id: 'b' }, { run: 4 }, { atMs: 101 }, { check: mark.check + 1 }])
    expect(isIntact({ ...mark, ...change })).toBe(false);
});

test('the last run is told of each database by itself, and survives a power cut', async () => {
  const { rows, writes } = watchedRows();
  expect(readRun(rows)).toBe(0);
  await writeRun(rows, 12);
  expect([readRun(rows), readRun(memoryRows())]).toEqual([12, 0]);
  expect(writes.map(({ isDurable }) => isDurable)).toEqual([true]);
});

test.each(['the first', 'the second'])(
  'damage that %s database tells of is open until it is mended',
  async (which) => {
    const [a, b] = [watchedRows(), watchedRows()];
    const tables = [a.rows, b.rows];
    expect(openDamage(tables)).toBeUndefined();
    await noteDamage([which === 'the first' ? a.rows : b.rows], DAMAGE);
    expect(openDamage(tables)).toEqual(DAMAGE);
    await noteDamage(tables, DAMAGE);
    expect([openDamage([a.rows]), openDamage([b.rows])]).toEqual([DAMAGE, DAMAGE]);
    await noteDamage(tables);
    expect(openDamage(tables)).toBeUndefined();
    const writes = [...a.writes, ...b.writes];
    expect(writes.every(({ isDurable }) => isDurable)).toBe(true);
    // What a database says already is not said again.
    expect(writes).toHaveLength(4);
  },
);

test('what is noted in a database stays apart from what else is noted there', async () => {
  const { rows } = watchedRows();
  await writeRun(rows, 5);
  await writeCleanEnd(rows, { run: 4, atMs: 9, lookedAtMs: 8 });
  await noteDamage([rows], DAMAGE);
  expect([readRun(rows), lastCleanEnd([rows]), openDamage([rows])]).toEqual([
    5,
    { run: 4, atMs: 9, lookedAtMs: 8 },
    DAMAGE,
  ]);
});

test('none of it passes for a record or a file', async () => {
  const { rows } = watchedRows();
  await writeRun(rows, 5);
  await writeCleanEnd(rows, { run: 4, atMs: 9, lookedAtMs: 8 });
  await noteDamage([rows], DAMAGE);
  const keys = [];
  for await (const key of rows.keys()) keys.push(key);
  expect(keys).toEqual(['!clean', '!damage', '!run']);
});

test('of two databases the one that has seen the later clean end tells', async () => {
  const [a, b] = [watchedRows(), watchedRows()];
  expect(lastCleanEnd([a.rows, b.rows])).toEqual({ run: 0, atMs: 0, lookedAtMs: 0 });
  await writeCleanEnd(a.rows, { run: 3, atMs: 100, lookedAtMs: 100, layoutDigest: 'd' });
  for (const tables of [
    [a.rows, b.rows],
    [b.rows, a.rows],
  ])
    expect(lastCleanEnd(tables)).toEqual({ run: 3, atMs: 100, lookedAtMs: 100, layoutDigest: 'd' });
  await writeCleanEnd(b.rows, { run: 4, atMs: 90, lookedAtMs: 90 });
  expect(lastCleanEnd([a.rows, b.rows])).toEqual({ run: 4, atMs: 90, lookedAtMs: 90 });
  expect(a.writes[0]?.isDurable).toBe(true);
});

test('the id lies beside the databases as it is; another one takes its place', async () => {
  const folder = await storeFolder(await newDirectory());
  await folder.makeDirectory('.rxsync/store-1');
  const file = path.join(folder.root, idPath('.rxsync/store-1'));
  expect([file, readId(folder, '.rxsync/store-1')]).toEqual([
    path.join(folder.root, '.rxsync/store-1/id'),
    undefined,
  ]);
  await writeId(folder, '.rxsync/store-1', 'one');
  const { ino, mtimeMs } = await stat(file);
  await writeId(folder, '.rxsync/store-1', 'one');
  expect(await stat(file)).toMatchObject({ ino, mtimeMs });
  await writeId(folder, '.rxsync/store-1', 'two');
  expect([await readFile(file, 'utf8'), readId(folder, '.rxsync/store-1')]).toEqual(['two', 'two']);
});

test('of what is longer than any id no more is read than can be one', async () => {
  const folder = await storeFolder(await newDirectory());
  await folder.makeDirectory('.rxsync/store-1');
  await writeFile(path.join(folder.root, idPath('.rxsync/store-1')), 'x'.repeat(5000));
  expect(readId(folder, '.rxsync/store-1')).toBe('x'.repeat(100));
});

test('what the last run has written is known until its end, what others have until it began to look', () => {
  const clean = { run: 4, atMs: 90, lookedAtMs: 80 };
  expect([3, 4, 5].map((run) => knownUntilMs(clean, run))).toEqual([80, 90, 80]);
});
