import { expect, test } from '@jest/globals';
import type { Kind } from '../../lib/core/kinds.js';
import { outlineOf } from '../../lib/core/outline.js';
import type { ItemRecord } from '../../lib/core/records.js';
import { memoryRows } from '../../lib/store/memory-rows.js';
import { countsOf, RecordTable } from '../../lib/store/record-table.js';

const record = (kind: Kind, id: string, ...sizes: readonly number[]): ItemRecord => ({
  kind,
  id,
  version: 1,
  fingerprint: '',
  files: sizes.map((bytes, i) => ({ path: `${kind}-${id}-${i}`, bytes, hash: '' })),
});

const all = async <T>(rows: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
};

test('sizes follow what is put, put anew, counted and removed', async () => {
  const table = new RecordTable(memoryRows());
  const nothing = table.sizes;
  await table.put(1, record('page', '1', 10, 20));
  await table.put(1, record('page', '2', 5));
  await table.put(2, record('page', '1', 1, 2, 3));
  table.count(outlineOf(record('attachment', '3', 100)));
  expect(table.sizes).toEqual({
    ...nothing,
    page: { items: 2, files: 4, bytes: 11 },
    attachment: { items: 1, files: 1, bytes: 100 },
  });
  await table.remove('page:1');
  await table.remove('page:none');
  expect(table.sizes.page).toEqual({ items: 1, files: 1, bytes: 5 });
  expect(nothing.page).toEqual({ items: 0, files: 0, bytes: 0 });
});

test('how many items there are is told of each kind', async () => {
  const table = new RecordTable(memoryRows());
  const counts = { page: 1, blogpost: 2, folder: 3, attachment: 4, comments: 5 };
  for (const kind of ['page', 'blogpost', 'folder', 'attachment', 'comments'] as const)
    for (let id = 0; id < counts[kind]; id += 1) await table.put(1, record(kind, String(id), 7));
  expect(countsOf(table.sizes)).toEqual(counts);
});

test('records are found by key, with the run that has put them, all or those of a kind', async () => {
  const table = new RecordTable(memoryRows());
  const [page, post] = [record('page', '1', 1), record('blogpost', '1', 2)];
  await table.put(3, post);
  await table.put(4, page);
  expect([table.get('page:1'), table.stored('page:1')]).toEqual([page, { run: 4, record: page }]);
  expect([table.get('page:2'), table.stored('page:2'), table.has('page:2')]).toEqual([
    undefined,
    undefined,
    false,
  ]);
  expect(table.has('blogpost:1')).toBe(true);
  expect((await all(table.all())).map(({ kind }) => kind).sort()).toEqual(['blogpost', 'page']);
  expect(await all(table.all('blogpost'))).toEqual([post]);
  expect((await all(table.outlines())).flat()).toEqual([
    { run: 4, outline: outlineOf(page) },
    { run: 3, outline: outlineOf(post) },
  ]);
  expect([table.outline('page:1'), table.outline('page:2')]).toEqual([outlineOf(page), undefined]);
  expect([(await all(table.keys())).sort(), await all(table.keys('page'))]).toEqual([
    ['blogpost:1', 'page:1'],
    ['page:1'],
  ]);
});

test('what else is noted in the rows is no record', async () => {
  const rows = memoryRows();
  const table = new RecordTable(rows);
  await rows.write([['!run', '7']]);
  await table.put(1, record('page', '1'));
  expect(await all(table.keys())).toEqual(['page:1']);
  expect(await all(table.all())).toHaveLength(1);
});

test('where rows of either may be lost, outlines are made anew of the records', async () => {
  const rows = memoryRows();
  const table = new RecordTable(rows);
  const [page, post] = [record('page', '1', 1), record('blogpost', '2', 2)];
  for (const each of [page, post]) await table.put(3, each);
  await rows.write([
    ['outline:page:1', undefined],
    ['blogpost:2', undefined],
  ]);
  expect([table.has('page:1'), table.has('blogpost:2')]).toEqual([false, true]);
  await table.outlineAnew();
  expect((await all(table.outlines())).flat()).toEqual([{ run: 3, outline: outlineOf(page) }]);
  expect([table.has('page:1'), table.has('blogpost:2')]).toEqual([true, false]);
});

test('what is removed has neither record nor outline', async () => {
  const rows = memoryRows();
  const table = new RecordTable(rows);
  await table.put(1, record('page', '1', 1));
  await table.remove('page:1');
  expect(await all(rows.keys())).toEqual([]);
});
