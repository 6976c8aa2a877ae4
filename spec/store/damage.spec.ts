import { cp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { statePaths } from './support/state-paths.js';
import { put, readRecords, STATE, withMirror, writePage } from './support/mirror.js';
import { filesOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** A run that was cut short. */
const UNFINISHED = {
  ...STATE,
  checkpoint: {
    scope: STATE.scope,
    processedCount: 0,
    totalCount: 1,
    startedAt: '2026-01-01T00:00:00Z',
    failedIds: [],
  },
};

const mirror = async () => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store }) => {
    await writePage(store, '1', { 'a.md': 'one' });
    await writePage(store, '2', { 'b.md': 'two' });
    await store.checkpoint(STATE);
  });
  return dir;
};

const lose = (dir: string, table: string) =>
  rm(path.join(statePaths(dir).directory, 'store-1', table), { recursive: true });

test.each(['records', 'files'])('what is lost with %s is made anew of the other', async (table) => {
  const dir = await mirror();
  await lose(dir, table);
  const kept: string[] = [];
  await withMirror(
    dir,
    async ({ store, damage }) => {
      expect(damage).toContain(`${table}/`);
      await writePage(store, '1', { 'moved.md': 'ONE' }, 2);
      const gone = store.records.get('page:2');
      if (gone) await store.remove(gone);
    },
    { onKept: (_, keptAs) => void kept.push(keptAs) },
  );
  expect([await filesOf(dir), kept]).toEqual([{ 'moved.md': 'ONE' }, []]);
});

test('what the user had changed before the last run is kept, though the list of files is lost', async () => {
  const dir = await newDirectory();
  const { space } = STATE.scope;
  const text = `---\nid: "1"\nspace: ${space}\ntype: page\n---\n\none\n`;
  await withMirror(dir, async ({ store }) => {
    await writePage(store, '1', { 'a.md': text });
    await store.checkpoint(STATE);
  });
  await put(dir, 'a.md', `${text}mine\n`);
  // A run that ends before it comes to the file, as one does that is stopped.
  await withMirror(dir, ({ store }) => store.checkpoint(UNFINISHED));
  await lose(dir, 'files');
  await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'ONE' }, 2));
  expect(await filesOf(dir)).toEqual({ 'a.md': 'ONE', 'a.md.local-1': `${text}mine\n` });
});

test('what the user had changed before a run that was cut off is kept, though both are lost, twice', async () => {
  const dir = await newDirectory();
  const text = `---\nid: "1"\nspace: ${STATE.scope.space}\ntype: page\n---\n\none\n`;
  const loseBoth = async (): Promise<void> => {
    const { directory } = statePaths(dir);
    for (const name of await readdir(directory))
      if (name.startsWith('store-')) await rm(path.join(directory, name), { recursive: true });
  };
  await withMirror(dir, async ({ store }) => {
    await writePage(store, '1', { 'a.md': text });
    await store.checkpoint(STATE);
  });
  await put(dir, 'a.md', `${text}mine\n`);
  await loseBoth();
  await withMirror(dir, ({ store }) => store.checkpoint(UNFINISHED));
  await loseBoth();
  await withMirror(dir, ({ store }) => writePage(store, '1', { 'b.md': 'ONE' }, 2));
  expect(await filesOf(dir)).toEqual({ 'a.md': `${text}mine\n`, 'b.md': 'ONE' });
});

test('of what only the records told every item is fetched again', async () => {
  const dir = await mirror();
  await lose(dir, 'records');
  const { records, damage } = await readRecords(dir);
  expect(damage).toContain('records/');
  expect([...records.values()].map(({ version, files }) => [version, files[0]?.path]).sort()).toEqual([
    [0, 'a.md'],
    [0, 'b.md'],
  ]);
});

test('what the user changed is kept all the same, where one of the two is whole', async () => {
  const dir = await mirror();
  await lose(dir, 'records');
  await put(dir, 'a.md', 'mine');
  await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'ONE' }, 2));
  expect(await filesOf(dir)).toEqual({ 'a.md': 'ONE', 'a.md.local-1': 'mine', 'b.md': 'two' });
});

test('damage is told by every run, until one comes to its end', async () => {
  const dir = await mirror();
  await lose(dir, 'records');
  await withMirror(dir, ({ store }) => store.checkpoint(UNFINISHED));
  await withMirror(dir, async ({ store, damage }) => {
    expect(damage).toContain('records/');
    await store.checkpoint(STATE);
  });
  expect((await readRecords(dir)).damage).toBeUndefined();
});

test('reading leaves damage to those who open', async () => {
  const dir = await mirror();
  await lose(dir, 'files');
  const before = await readdir(statePaths(dir).directory, { recursive: true });
  expect((await readRecords(dir)).damage).toContain('files/');
  expect((await readRecords(dir)).damage).toContain('files/');
  expect(await readdir(statePaths(dir).directory, { recursive: true })).toEqual(before);
});

test('databases of another mirror tell nothing here', async () => {
  const [dir, other] = [await mirror(), await newDirectory()];
  await withMirror(other, ({ store }) => writePage(store, '9', { 'a.md': 'other' }));
  const storeOf = (root: string): string => path.join(statePaths(root).directory, 'store-1');
  await rm(storeOf(dir), { recursive: true });
  await cp(storeOf(other), storeOf(dir), { recursive: true });
  const { records, damage } = await readRecords(dir);
  expect([[...records.keys()], damage]).toEqual([[], expect.any(String)]);
});

test('databases that are gone are damage where the state tells of them', async () => {
  const dir = await mirror();
  await rm(path.join(statePaths(dir).directory, 'store-1'), { recursive: true });
  expect((await readRecords(dir)).damage).toBe('they are gone');
});
