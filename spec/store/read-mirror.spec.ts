import { readdir, readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { noMirrorYet, readMirror } from '../../lib/store/read-mirror.js';
import { put, STATE, withMirror, writePage } from './support/mirror.js';
import { statePaths } from './support/state-paths.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

const mirror = async (): Promise<string> => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store, saveNames }) => {
    await writePage(store, '1', { 'a.md': 'one' });
    await saveNames(new Map([['account', 'Ann']]));
    await store.checkpoint(STATE);
  });
  return dir;
};

/** Folders among the temporary files of the system that hold a copy of the records of the mirror. */
const copiesOf = async (dir: string): Promise<number> => {
  const idOf = (root: string) =>
    readFile(path.join(statePaths(root).directory, 'store-1/id'), 'utf8').catch(() => undefined);
  const id = await idOf(dir);
  const names = (await readdir(os.tmpdir())).filter((name) => /^rxsync-[^-]{6}$/.test(name));
  const ids = await Promise.all(names.map((name) => idOf(path.join(os.tmpdir(), name))));
  return ids.filter((each) => each === id).length;
};

test('what the last run has left is told, from a copy that is gone once the mirror is closed', async () => {
  const dir = await mirror();
  const told: string[] = [];
  const read = await readMirror(dir, { onOutline: ({ id }) => void told.push(id) });
  expect(read).toMatchObject({
    state: { kind: 'read', state: STATE },
    names: new Map([['account', 'Ann']]),
    owner: undefined,
    unsound: new Set(),
    damage: undefined,
    folder: { root: dir },
  });
  expect([told, read?.records.get('page:1')?.files[0]?.path]).toEqual([['1'], 'a.md']);
  expect(await copiesOf(dir)).toBe(1);
  await read?.close();
  expect(await copiesOf(dir)).toBe(0);
});

test('the last clean end is told by the clock of the file system', async () => {
  const dir = await mirror();
  const read = await readMirror(dir);
  await read?.close();
  expect(read?.clean.atMs).toBeGreaterThanOrEqual((await stat(path.join(dir, 'a.md'))).mtimeMs);
  await put(dir, 'later', '');
  expect(read?.clean.atMs).toBeLessThanOrEqual((await stat(path.join(dir, 'later'))).mtimeMs);
});

test('who works on the mirror is told, as of the time that is asked for', async () => {
  const dir = await mirror();
  await withMirror(dir, async () => {
    const read = await readMirror(dir);
    await read?.close();
    expect(read?.owner).toMatchObject({ pid: process.pid });
  });
});

test('a mirror that cannot be read is an error, and leaves no copy', async () => {
  const dir = await mirror();
  const onOutline = (): never => {
    throw new Error('refused');
  };
  await expect(readMirror(dir, { onOutline })).rejects.toThrow('refused');
  expect(await copiesOf(dir)).toBe(0);
});

test('rows that are opened beside a mirror are empty, and closed with it', async () => {
  for (const read of [await readMirror(await mirror()), noMirrorYet()]) {
    const rows = await read?.openScratch();
    await rows?.write([['key', 'value']]);
    expect(rows?.get('key')).toBe('value');
    await read?.close();
    await expect(rows?.write([['key', 'value']])).rejects.toThrow();
  }
});

test('where no mirror is yet nothing is known', async () => {
  const { records, ...rest } = noMirrorYet();
  expect(rest).toMatchObject({ state: { kind: 'none' }, unsound: new Set(), names: new Map() });
  expect([records.get('page:1'), records.has('page:1'), records.sizes.page.items]).toEqual([
    undefined,
    false,
    0,
  ]);
  await rest.close();
});
