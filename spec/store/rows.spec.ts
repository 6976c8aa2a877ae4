import { expect, test } from '@jest/globals';
import { memoryRows } from '../../lib/store/memory-rows.js';
import { noRows, type Rows, withWrite } from '../../lib/store/rows.js';

const all = async <T>(rows: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
};

test('rows that are not there hold nothing, whatever is written', async () => {
  await noRows.write([['a', '1']]);
  expect(noRows.get('a')).toBeUndefined();
  expect([await all(noRows.entries()), await all(noRows.keys())]).toEqual([[], []]);
  await noRows.close();
});

test('rows that are written in another way are read as they are', async () => {
  const rows = memoryRows();
  const written: unknown[] = [];
  const other: Rows = withWrite(rows, async (changes, options) => {
    written.push(options);
    await rows.write(changes.map(([key, value]) => [`x:${key}`, value]));
  });
  await other.write(
    [
      ['b', '2'],
      ['a', '1'],
    ],
    { isDurable: true },
  );
  await rows.write([['y', '3']]);
  expect(written).toEqual([{ isDurable: true }]);
  expect([other.get('x:a'), other.get('a')]).toEqual(['1', undefined]);
  expect((await all(other.entries('x:'))).flat()).toEqual([
    ['x:a', '1'],
    ['x:b', '2'],
  ]);
  expect([await all(other.keys('x:')), await all(other.keys())]).toEqual([
    ['x:a', 'x:b'],
    ['x:a', 'x:b', 'y'],
  ]);
});
