import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { openLevelRows } from '../../lib/store/level-rows.js';
import type { Rows } from '../../lib/store/rows.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

const all = async (rows: Rows, prefix?: string) => {
  const entries: (readonly [string, string])[] = [];
  for await (const some of rows.entries(prefix)) entries.push(...some);
  return entries;
};

const keysOf = async (rows: Rows, prefix?: string) => {
  const keys: string[] = [];
  for await (const key of rows.keys(prefix)) keys.push(key);
  return keys;
};

/** Opens the rows in a directory, lets `use` work on them and closes them. */
const withRows = async <T>(dir: string, use: (rows: Rows) => Promise<T>, id = 'mirror'): Promise<T> => {
  const rows = await openLevelRows(dir, id);
  try {
    return await use(rows);
  } finally {
    await rows.close();
  }
};

test('what was written is there at once, and when the rows are opened again', async () => {
  const dir = await newDirectory();
  await withRows(dir, async (rows) => {
    const written = rows.write([
      ['a', '1'],
      ['b', '2'],
    ]);
    expect([rows.get('a'), rows.get('b'), rows.get('c')]).toEqual(['1', '2', undefined]);
    await written;
    await rows.write([['a', undefined]]);
    expect(rows.get('a')).toBeUndefined();
  });
  expect(await withRows(dir, (rows) => all(rows))).toEqual([['b', '2']]);
});

test('writes that are asked for together come in their order, also with one that is durable among them', async () => {
  const dir = await newDirectory();
  await withRows(dir, async (rows) => {
    const writes = ['1', '2', '3'].map((value, i) => rows.write([['a', value]], { isDurable: i === 1 }));
    expect(rows.get('a')).toBe('3');
    await Promise.all(writes);
    expect(await all(rows)).toEqual([['a', '3']]);
  });
});

test('entries with a prefix are those, in the order of their bytes, whatever letters they have', async () => {
  const dir = await newDirectory();
  const keys = ['f:z', 'f:ä', 'f:東', 'f:\uffff', 'f:😀', 'f:', 'e:a', 'g:a'];
  await withRows(dir, async (rows) => {
    await rows.write(keys.map((key) => [key, key]));
    const expected = keys
      .filter((key) => key.startsWith('f:'))
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(await keysOf(rows, 'f:')).toEqual(expected);
    expect((await all(rows, 'f:')).map(([key]) => key)).toEqual(expected);
    expect(await keysOf(rows)).toHaveLength(keys.length);
  });
});

test('rows of another mirror are no rows', async () => {
  const dir = await newDirectory();
  await withRows(dir, (rows) => rows.write([['a', '1']]));
  await withRows(
    dir,
    async (rows) => {
      expect(rows.get('a')).toBeUndefined();
      expect(await all(rows)).toEqual([]);
    },
    'another',
  );
});

test('a write to what is closed is refused, and so is every later one', async () => {
  const rows = await openLevelRows(await newDirectory(), 'mirror');
  await rows.close();
  for (const key of ['a', 'b'])
    await expect(rows.write([[key, '1']])).rejects.toMatchObject({ code: 'LEVEL_DATABASE_NOT_OPEN' });
});

test('what LevelDB refuses for reasons of its own is not laid to the system, and leaves no trial', async () => {
  const dir = await newDirectory();
  await mkdir(path.join(dir, 'CURRENT'));
  await expect(openLevelRows(dir, 'mirror')).rejects.not.toHaveProperty('reason');
  expect(await readdir(dir)).not.toContain('trial');
});

test('a key of any length and letters is found', async () => {
  const keys = Array.from({ length: 100 }, (_, length) => '東'.repeat(length + 1));
  await withRows(await newDirectory(), async (rows) => {
    await rows.write(keys.map((key) => [key, key]));
    expect(keys.filter((key) => rows.get(key) !== key)).toEqual([]);
  });
});
