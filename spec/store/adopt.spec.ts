import { describe, expect, test } from '@jest/globals';
import type { FileStamp, ItemRecord } from '../../lib/core/records.js';
import { adopt, adoptFiles, tellsOf } from '../../lib/store/adopt.js';
import type { OwnFile } from '../../lib/store/file-table.js';
import { memoryRows } from '../../lib/store/memory-rows.js';
import { RecordTable } from '../../lib/store/record-table.js';

const stamp = (path: string, hash = 'h'): FileStamp => ({ path, bytes: 3, hash });
const ownFile = (path: string, more: Partial<OwnFile> = {}): OwnFile => ({
  path,
  owner: 'page:1',
  run: 1,
  stamps: [{ bytes: 3, hash: 'h' }],
  ...more,
});
const folder = (path: string): OwnFile => ownFile(path, { owner: 'folder:2', stamps: [], isDirectory: true });

const PAGE: ItemRecord = { kind: 'page', id: '1', version: 4, fingerprint: 'f', files: [stamp('a.md')] };
const FOLDER: ItemRecord = {
  kind: 'folder',
  id: '2',
  version: 4,
  fingerprint: 'f',
  files: [],
  directory: 'docs',
};

const adopter = async (...all: readonly ItemRecord[]) => {
  const records = new RecordTable(memoryRows());
  for (const record of all) await records.put(1, record);
  return { records, run: 7 };
};

test('a record tells of its files, or of its directory, and of nothing else', () => {
  expect(tellsOf(PAGE, ownFile('a.md'))).toBe(true);
  expect(tellsOf(PAGE, ownFile('b.md'))).toBe(false);
  expect(tellsOf(PAGE, { ...folder('a.md') })).toBe(false);
  expect(tellsOf(FOLDER, folder('docs'))).toBe(true);
  expect(tellsOf(FOLDER, folder('other'))).toBe(false);
  expect(tellsOf(FOLDER, ownFile('docs'))).toBe(false);
  expect(tellsOf({ ...PAGE, files: [stamp('b.md'), stamp('a.md')] }, ownFile('a.md'))).toBe(true);
  expect(tellsOf(undefined, ownFile('a.md'))).toBe(false);
});

describe('a file that no record tells of', () => {
  test('goes to the record of its item, which is fetched again', async () => {
    const at = await adopter(PAGE);
    await adopt(at, ownFile('b.md'));
    expect(at.records.stored('page:1')).toEqual({
      run: 7,
      record: { ...PAGE, version: 0, fingerprint: '', files: [stamp('a.md'), stamp('b.md')] },
    });
  });

  test('makes a record where there is none, by what was last written there', async () => {
    const at = await adopter();
    const stamps = [
      { bytes: 1, hash: 'old' },
      { bytes: 3, hash: 'h' },
    ];
    await adopt(at, ownFile('b.md', { owner: 'attachment:att9', stamps }));
    expect(at.records.get('attachment:att9')).toEqual({
      kind: 'attachment',
      id: 'att9',
      version: 0,
      fingerprint: '',
      files: [stamp('b.md')],
    });
  });

  test.each(['nothing:1', 'page', ''])('is nobody’s where its item has no such name: "%s"', async (owner) => {
    const at = await adopter();
    await adopt(at, ownFile('b.md', { owner }));
    expect(Object.values(at.records.sizes).map(({ items }) => items)).toEqual([0, 0, 0, 0, 0]);
  });

  test('stays nobody’s where nothing was written there', async () => {
    const at = await adopter();
    await adopt(at, ownFile('b.md', { stamps: [] }));
    expect(at.records.has('page:1')).toBe(false);
  });
});

test('what a record tells of already changes nothing', async () => {
  const at = await adopter(PAGE, FOLDER);
  await adopt(at, ownFile('a.md', { stamps: [{ bytes: 9, hash: 'other' }] }));
  await adopt(at, folder('docs'));
  expect([at.records.stored('page:1'), at.records.stored('folder:2')]).toEqual([
    { run: 1, record: PAGE },
    { run: 1, record: FOLDER },
  ]);
});

test('the directory of a folder goes to its record, unless that has another one', async () => {
  const at = await adopter();
  await adopt(at, folder('docs'));
  expect(at.records.stored('folder:2')).toEqual({
    run: 7,
    record: { ...FOLDER, version: 0, fingerprint: '' },
  });
  await adopt(at, folder('other'));
  expect(at.records.get('folder:2')?.directory).toBe('docs');
});

test('of a path that an item has already the newer stamp counts', async () => {
  const at = await adopter({ ...PAGE, files: [stamp('a.md'), stamp('b.md')] });
  await adoptFiles(at, 'page:1', [stamp('a.md', 'new'), stamp('c.md')]);
  expect(at.records.get('page:1')?.files).toEqual([stamp('b.md'), stamp('a.md', 'new'), stamp('c.md')]);
  await adoptFiles(at, 'page:1', []);
  await adoptFiles(at, 'page:2', []);
  expect([at.records.get('page:1')?.files.length, at.records.has('page:2')]).toEqual([3, false]);
});
