import { expect, test } from '@jest/globals';
import { memoryRows } from '../../lib/store/memory-rows.js';

const all = async <T>(rows: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
};

test('rows come in ascending order of the bytes of their keys, those of a prefix or all', async () => {
  const rows = memoryRows();
  // By their UTF-16 units the last two would change places.
  const keys = ['a:1', 'a:2', 'b:1', 'b:ﬀ', 'b:😀'];
  await rows.write([...keys].reverse().map((key) => [key, `of ${key}`]));
  expect(await all(rows.keys())).toEqual(keys);
  expect((await all(rows.entries())).flat()).toEqual(keys.map((key) => [key, `of ${key}`]));
  expect(await all(rows.keys('a:'))).toEqual(['a:1', 'a:2']);
  expect((await all(rows.entries('a:'))).flat()).toEqual([
    ['a:1', 'of a:1'],
    ['a:2', 'of a:2'],
  ]);
  await rows.close();
});

test('a row that is written without a value is gone, and of two writes the last one counts', async () => {
  const held = new Map([['a', 'before']]);
  const rows = memoryRows(held);
  expect(rows.get('a')).toBe('before');
  await rows.write([
    ['a', 'one'],
    ['b', 'two'],
    ['a', 'three'],
  ]);
  expect([rows.get('a'), rows.get('b'), rows.get('c')]).toEqual(['three', 'two', undefined]);
  await rows.write([['a', undefined]]);
  expect([rows.get('a'), await all(rows.keys())]).toEqual([undefined, ['b']]);
  expect([...held]).toEqual([['b', 'two']]);
});
