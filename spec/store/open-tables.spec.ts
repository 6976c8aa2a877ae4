import { cp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Folder } from '../../lib/store/folder.js';
import { openLevelRows } from '../../lib/store/level-rows.js';
import { openTables, type OpenTablesOptions, type Tables } from '../../lib/store/open-tables.js';
import type { OpenRows } from '../../lib/store/rows.js';
import { writeSeal } from '../../lib/store/seal.js';
import { noteDamage, readId, writeCleanEnd, writeRun } from '../../lib/store/store-mark.js';
import { TemporaryFiles } from '../../lib/store/temporary-files.js';
import { storeFolder } from './support/store-folder.js';
import { statePaths } from './support/state-paths.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

const newFolder = async () => storeFolder(await newDirectory());
const open = (folder: Folder, options: Partial<OpenTablesOptions> = {}): Promise<Tables> => {
  const temporary = new TemporaryFiles(folder);
  return openTables(folder, {
    openRows: openLevelRows,
    vacancy: () => temporary.vacancy(),
    expected: undefined,
    ...options,
  });
};

/** A run in which something is written, and that ends as a clean one does. */
const runOnce = async (
  folder: Folder,
  use: (tables: Tables) => Promise<void> = () => Promise.resolve(),
): Promise<void> => {
  const tables = await open(folder);
  await use(tables);
  await tables.close();
  await writeSeal(folder, new TemporaryFiles(folder), tables.store, tables.mark.run);
};

const storesOf = async ({ root }: Folder) =>
  (await readdir(statePaths(root).directory)).filter((name) => name !== 'tmp').sort();

const write = async ({ records, files }: Tables): Promise<void> => {
  await records.write([['page:1', 'record']]);
  await files.write([['f:a.md', 'file']]);
};
const told = ({ records, files }: Tables) => [records.get('page:1'), files.get('f:a.md')];

/** Rows that another process has open, the first so many times that they are asked for. */
const lockedRows = (times: number, code = 'LEVEL_LOCKED'): OpenRows => {
  let left = times;
  return (location, id) => {
    left -= 1;
    return left >= 0
      ? Promise.reject(Object.assign(new Error('refused'), { code }))
      : openLevelRows(location, id);
  };
};

test('new databases are clean, have their mark, and the first number', async () => {
  const folder = await newFolder();
  const tables = await open(folder);
  expect(tables).toMatchObject({
    store: '.rxsync/store-1',
    mark: { id: expect.stringMatching(/^[\da-f-]{36}$/), run: 1 },
    clean: { run: 0, atMs: 0 },
    isClean: true,
    damage: undefined,
  });
  expect(readId(folder, tables.store)).toBe(tables.mark.id);
  await tables.close();
});

test('each run has the next number and the id of the mirror, and finds what the one before has written', async () => {
  const folder = await newFolder();
  let id = '';
  await runOnce(folder, async (tables) => {
    id = tables.mark.id;
    await write(tables);
    for (const rows of [tables.records, tables.files])
      await writeCleanEnd(rows, { run: 1, atMs: 5, lookedAtMs: 4, layoutDigest: 'd' });
  });
  const tables = await open(folder, { expected: { id, run: 1 } });
  expect(tables).toMatchObject({
    mark: { id, run: 2 },
    clean: { run: 1, atMs: 5, lookedAtMs: 4, layoutDigest: 'd' },
    isClean: true,
    damage: undefined,
  });
  expect(told(tables)).toEqual(['record', 'file']);
  await tables.close();
});

test('after a run that was killed nothing is clean, and nothing is lost', async () => {
  const folder = await newFolder();
  const killed = await open(folder);
  await write(killed);
  await killed.close();
  const tables = await open(folder, { expected: killed.mark });
  expect(tables).toMatchObject({ mark: { id: killed.mark.id, run: 2 }, isClean: false, damage: undefined });
  expect(told(tables)).toEqual(['record', 'file']);
  await tables.close();
});

test('the seal tells which mirror they are of where the file that says so is gone', async () => {
  const folder = await newFolder();
  const first = await open(folder);
  await write(first);
  await first.close();
  await writeSeal(folder, new TemporaryFiles(folder), first.store, 1);
  await rm(path.join(folder.root, first.store, 'id'));
  const tables = await open(folder);
  expect(tables).toMatchObject({ mark: { id: first.mark.id }, damage: undefined });
  expect(told(tables)).toEqual(['record', 'file']);
  await tables.close();
});

test('the seal holds until the next run begins', async () => {
  const folder = await newFolder();
  await runOnce(folder);
  await (await open(folder)).close();
  const tables = await open(folder);
  expect(tables).toMatchObject({ store: '.rxsync/store-1', isClean: false, damage: undefined });
  await tables.close();
});

describe('damage', () => {
  test('is that the databases are gone, where the state tells of them; the id stays', async () => {
    const tables = await open(await newFolder(), { expected: { id: 'mirror', run: 7 } });
    expect(tables).toMatchObject({
      mark: { id: 'mirror', run: 8 },
      isClean: false,
      damage: { text: 'they are gone', isOneWhole: false },
    });
    await tables.close();
  });

  test('is that neither state nor store tell which mirror they are of', async () => {
    const folder = await newFolder();
    await runOnce(folder, write);
    for (const file of ['id', 'seal.json']) await rm(path.join(folder.root, '.rxsync/store-1', file));
    const tables = await open(folder);
    expect(tables).toMatchObject({
      isClean: false,
      damage: { text: 'nothing tells any more which mirror they are of', isOneWhole: false },
    });
    await tables.close();
  });

  test('is none where the first run was killed before it had made them', async () => {
    const folder = await newFolder();
    await folder.makeDirectory('.rxsync/store-1');
    const tables = await open(folder);
    expect(tables.damage).toBeUndefined();
    await tables.close();
  });

  test.each([
    ['records/000099.ldb', true],
    ['files/000099.ldb', true],
  ])('is what does not match the seal: %s', async (file, isOneWhole) => {
    const folder = await newFolder();
    await runOnce(folder, write);
    await writeFile(path.join(folder.root, '.rxsync/store-1', file), 'x');
    const tables = await open(folder);
    const damage = { text: `${file} changed`, isOneWhole };
    expect(tables).toMatchObject({ store: '.rxsync/store-2', isClean: false, damage });
    expect([told(tables), await storesOf(folder)]).toEqual([['record', 'file'], ['store-2']]);
    await tables.close();
    await writeSeal(folder, new TemporaryFiles(folder), tables.store, tables.mark.run);
    // Until it is mended every run is told of it.
    await runOnce(folder, async (next) => {
      expect([next.damage, next.isClean]).toEqual([damage, false]);
      await noteDamage([next.records, next.files]);
    });
    await runOnce(folder, (next) => {
      expect([next.damage, next.isClean]).toEqual([undefined, true]);
      return Promise.resolve();
    });
  });

  test('is both of them that do not match the seal', async () => {
    const folder = await newFolder();
    await runOnce(folder);
    for (const table of ['records', 'files'])
      await writeFile(path.join(folder.root, '.rxsync/store-1', table, '000099.ldb'), 'x');
    const tables = await open(folder);
    expect(tables.damage).toEqual({
      text: 'records/000099.ldb, files/000099.ldb changed',
      isOneWhole: false,
    });
    await tables.close();
  });

  test('is what a killed run has left that cannot be read', async () => {
    const folder = await newFolder();
    await (await open(folder)).close();
    await writeFile(path.join(folder.root, '.rxsync/store-1/records/CURRENT'), 'x');
    const tables = await open(folder);
    expect(tables).toMatchObject({
      store: '.rxsync/store-2',
      damage: { text: 'they cannot be read', isOneWhole: false },
    });
    await tables.close();
  });

  test.each<[string, number, number, number, boolean, string | undefined]>([
    ['sealed, both up to date', 5, 5, 5, true, undefined],
    ['sealed, both behind', 4, 4, 5, true, 'files are older than the mirror'],
    ['sealed, the records behind', 4, 5, 5, true, 'they are older than the mirror'],
    ['sealed, the files behind', 5, 4, 5, true, 'files are older than the mirror'],
    ['killed while it began', 4, 4, 5, false, undefined],
    ['killed while it began, with one marked', 4, 5, 5, false, undefined],
    ['killed, both behind', 3, 3, 5, false, 'files are older than the mirror'],
    ['killed, the records behind', 3, 4, 5, false, 'they are older than the mirror'],
  ])('is to be older than the mirror: %s', async (_, records, files, run, isSealed, text) => {
    const folder = await newFolder();
    const begun = await open(folder);
    await writeRun(begun.records, records);
    await writeRun(begun.files, files);
    await begun.close();
    if (isSealed) await writeSeal(folder, new TemporaryFiles(folder), begun.store, 1);
    const tables = await open(folder, { expected: { id: begun.mark.id, run } });
    expect(tables.mark.run).toBe(run + 1);
    expect(tables.damage).toEqual(text && { text, isOneWhole: text.startsWith('they') });
    await tables.close();
  });
});

describe('databases that stand in the place of each other', () => {
  const exchange = async ({ root }: Folder): Promise<void> => {
    const at = (name: string): string => path.join(root, '.rxsync/store-1', name);
    await rename(at('records'), at('aside'));
    await rename(at('files'), at('records'));
    await rename(at('aside'), at('files'));
  };
  const fill = async (tables: Tables): Promise<void> => {
    await write(tables);
    await tables.records.write([['outline:page:1', 'outline']]);
  };

  test('are put where they belong after a clean end: nothing is damaged', async () => {
    const folder = await newFolder();
    await runOnce(folder, fill);
    await exchange(folder);
    const tables = await open(folder);
    expect(tables).toMatchObject({
      store: '.rxsync/store-2',
      mark: { run: 2 },
      isClean: true,
      damage: undefined,
    });
    expect(told(tables)).toEqual(['record', 'file']);
    await tables.close();
    expect(await storesOf(folder)).toEqual(['store-2']);
  });

  test('are so after a run that was killed', async () => {
    const folder = await newFolder();
    const killed = await open(folder);
    await fill(killed);
    await killed.close();
    await exchange(folder);
    const tables = await open(folder, { expected: killed.mark });
    expect(tables).toMatchObject({ mark: { run: 2 }, isClean: false, damage: undefined });
    expect(told(tables)).toEqual(['record', 'file']);
    await tables.close();
  });

  test('are damaged where they were changed, too', async () => {
    const folder = await newFolder();
    await runOnce(folder, fill);
    await exchange(folder);
    await writeFile(path.join(folder.root, '.rxsync/store-1/files/CURRENT'), 'MANIFEST-0');
    const tables = await open(folder);
    expect(tables.damage).toMatchObject({ isOneWhole: false });
    await tables.close();
  });
});

test('databases of an earlier run under a higher number do not take the place of those in use', async () => {
  const folder = await newFolder();
  await runOnce(folder);
  const at = (name: string): string => path.join(statePaths(folder.root).directory, name);
  await cp(at('store-1'), at('backup'), { recursive: true });
  await runOnce(folder, write);
  await rename(at('backup'), at('store-8'));
  const expected = { id: readId(folder, '.rxsync/store-1') ?? '', run: 2 };
  const tables = await open(folder, { expected });
  expect([told(tables), tables.damage, tables.mark.run]).toEqual([['record', 'file'], undefined, 3]);
  await tables.close();
  expect(await storesOf(folder)).toEqual(['store-1']);
});

describe('databases that somebody has open who has lost the mirror', () => {
  test('are copied, and the copy is gone on with: after a clean end', async () => {
    const folder = await newFolder();
    await runOnce(folder, write);
    const tables = await open(folder, { openRows: lockedRows(1) });
    expect(tables).toMatchObject({ store: '.rxsync/store-2', isClean: true, damage: undefined });
    expect([told(tables), await storesOf(folder)]).toEqual([['record', 'file'], ['store-2']]);
    await tables.close();
  });

  test('are copied, and the copy is gone on with: while they are open', async () => {
    const folder = await newFolder();
    const lost = await open(folder);
    await write(lost);
    const tables = await open(folder);
    expect(tables).toMatchObject({ store: '.rxsync/store-2', isClean: false, damage: undefined });
    expect([told(tables), await storesOf(folder)]).toEqual([['record', 'file'], ['store-2']]);
    await Promise.all([tables.close(), lost.close()]);
  });

  test('are told where the copy is open, too; what else is refused is told at once', async () => {
    const folder = await newFolder();
    await runOnce(folder);
    await expect(open(folder, { openRows: lockedRows(2) })).rejects.toMatchObject({ code: 'LEVEL_LOCKED' });
    const other = await newFolder();
    await runOnce(other);
    await expect(open(other, { openRows: lockedRows(1, 'LEVEL_IO_ERROR') })).rejects.toMatchObject({
      code: 'LEVEL_IO_ERROR',
    });
    expect(await storesOf(other)).toEqual(['store-1']);
  });
});

test('where the second of them cannot be opened the first is closed', async () => {
  const folder = await newFolder();
  const closed: string[] = [];
  const openRows: OpenRows = async (location, id) => {
    if (
      closed.length === 0 &&
      !(await readdir(path.join(folder.root, '.rxsync/store-1'))).includes('files')
    ) {
      const rows = await openLevelRows(location, id);
      return { ...rows, close: () => rows.close().then(() => void closed.push('records')) };
    }
    throw new Error('refused');
  };
  await expect(open(folder, { openRows })).rejects.toThrow('refused');
  expect(closed).toEqual(['records']);
});

test('of several databases those with the highest number count, and the others go', async () => {
  const folder = await newFolder();
  await runOnce(folder, write);
  const at = (name: string): string => path.join(folder.root, '.rxsync', name);
  for (const name of ['store-9', 'store-10']) await cp(at('store-1'), at(name), { recursive: true });
  const tables = await open(folder);
  expect([tables.store, await storesOf(folder)]).toEqual(['.rxsync/store-10', ['store-10']]);
  await tables.close();
});

test('an empty directory of a higher number does not take the place of databases that are whole', async () => {
  const folder = await newFolder();
  await runOnce(folder, write);
  await folder.makeDirectory('.rxsync/store-2');
  const tables = await open(folder);
  expect(tables).toMatchObject({ store: '.rxsync/store-1', isClean: true, damage: undefined });
  expect([told(tables), await storesOf(folder)]).toEqual([['record', 'file'], ['store-1']]);
  await tables.close();
});

test('what stands in the place of a directory of theirs is told', async () => {
  const folder = await newFolder();
  await folder.makeDirectory('.rxsync/store-1');
  await folder.create('.rxsync/store-1/files', '');
  await expect(open(folder)).rejects.toThrow(
    '".rxsync/store-1/files" is a file where rxsync keeps a folder of its own.',
  );
});
