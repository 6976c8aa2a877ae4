import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareIds } from '../../lib/core/compare-ids.js';
import type { ListedAttachment } from '../../lib/core/content.js';
import { AttachmentTable } from '../../lib/store/attachment-table.js';
import { attachment } from '../core/support/space.js';
import { memoryRows } from '../../lib/store/memory-rows.js';

const tableOf = async (...groups: readonly (readonly ListedAttachment[])[]) => {
  const table = new AttachmentTable(memoryRows());
  for (const group of groups) await table.add(group);
  return table;
};

const pagesOf = async (table: AttachmentTable): Promise<string[]> => {
  const ids: string[] = [];
  for await (const id of table.pageIds()) ids.push(id);
  return ids;
};

test('the attachments of a page come in the order of their ids, however they were added', async () => {
  const [a, b, c] = [
    attachment('att9', '1', 'a'),
    attachment('att10', '1', 'b'),
    attachment('att11', '2', 'c'),
  ];
  const table = await tableOf([b, c], [a]);
  expect([table.of('1'), table.of('2'), table.of('3')]).toEqual([[a, b], [c], []]);
  expect([table.pageOf('att10'), table.pageOf('att11'), table.pageOf('att12')]).toEqual([
    '1',
    '2',
    undefined,
  ]);
  expect(await pagesOf(table)).toEqual(['1', '2']);
});

test('of one id the highest version stays, of equal ones the last', async () => {
  const at = (version: number, title: string) => attachment('att1', '1', title, { version });
  const table = await tableOf([at(2, 'b'), at(3, 'c')], [at(1, 'a')]);
  expect(table.of('1')).toEqual([at(3, 'c')]);
  expect(await table.add([at(3, 'd')])).toEqual([]);
  expect(table.of('1')).toEqual([at(3, 'd')]);
  await table.replace([at(1, 'a')]);
  expect(table.of('1')).toEqual([at(1, 'a')]);
});

test('one that comes on another page hangs there only', async () => {
  const table = await tableOf([attachment('att1', '1', 'a')]);
  const moved = attachment('att1', '2', 'a', { version: 2 });
  expect(await table.add([moved])).toEqual([]);
  expect([table.of('1'), table.of('2'), table.pageOf('att1')]).toEqual([[], [moved], '2']);
});

test('those that are new are told, once', async () => {
  const table = await tableOf([attachment('att1', '1', 'a')]);
  const fresh = attachment('att2', '1', 'b');
  expect(await table.add([attachment('att1', '1', 'a'), fresh, fresh])).toEqual([fresh]);
});

test('one is found by its media id', async () => {
  const file = attachment('att1', '1', 'a', { fileId: 'f1' });
  const table = await tableOf([file, attachment('att2', '1', 'b')]);
  expect([table.byFileId('f1'), table.byFileId('f2')]).toEqual([file, undefined]);
});

test('what is not wanted is listed, and apart', async () => {
  const table = new AttachmentTable(memoryRows(), ({ title }) => title !== 'b');
  const [a, b] = [attachment('att1', '1', 'a'), attachment('att2', '1', 'b', { fileId: 'f2' })];
  expect(await table.add([a, b])).toEqual([a, b]);
  expect([table.of('1'), table.leftOutOf('1'), table.listedOn('1')]).toEqual([[a], [b], [a, b]]);
  expect(['att1', 'att2', 'att3'].map((id) => table.isLeftOut(id))).toEqual([false, true, false]);
  expect([table.byFileId('f2'), table.pageOf('att2')]).toEqual([b, '1']);
  await table.add([attachment('att2', '1', 'c', { version: 2 })]);
  expect([table.of('1').length, table.leftOutOf('1').length, table.isLeftOut('att2')]).toEqual([2, 0, false]);
});

const listed = fc
  .tuple(fc.nat(9), fc.nat(3), fc.integer({ min: 0, max: 3 }))
  .map(([id, page, version]) => attachment(`att${id}`, String(page), `v${version}`, { version }));

test('whatever is added in whatever groups, each id is on one page, and pages and ids agree', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(listed, { maxLength: 6 }), { maxLength: 5 }), async (groups) => {
      const table = await tableOf(...groups);
      const expected = new Map<string, ListedAttachment>();
      for (const item of groups.flat())
        if (item.version >= (expected.get(item.id)?.version ?? 0)) expected.set(item.id, item);
      const found = ['0', '1', '2', '3'].flatMap((id) => table.of(id));
      expect([...found].sort((a, b) => compareIds(a.id, b.id))).toEqual(
        [...expected.values()].sort((a, b) => compareIds(a.id, b.id)),
      );
      expect(found.map(({ id }) => table.pageOf(id))).toEqual(found.map(({ pageId }) => pageId));
    }),
  );
});
