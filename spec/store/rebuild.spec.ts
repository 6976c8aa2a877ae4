import { stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { FileStamp, ItemRecord } from '../../lib/core/records.js';
import { FileTable } from '../../lib/store/file-table.js';
import { hashText } from '../../lib/store/hash-text.js';
import { memoryRows } from '../../lib/store/memory-rows.js';
import { MirrorDirectory } from '../../lib/store/mirror-directory.js';
import { type Damaged, rebuild } from '../../lib/store/rebuild.js';
import { RecordTable } from '../../lib/store/record-table.js';
import { put } from './support/mirror.js';
import { storeFolder } from './support/store-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

const TEXT = '---\nid: "1"\ntitle: T\nspace: DOCS\ntype: page\nstatus: current\nversion: 1\n---\n\ntext\n';
const stampOf = (file: string, text: string): FileStamp => ({
  path: file,
  bytes: Buffer.byteLength(text),
  hash: hashText(text),
});
const A = stampOf('a.md', TEXT);
const PAGE: ItemRecord = { kind: 'page', id: '1', version: 4, fingerprint: 'f', files: [A] };

/** A mirror in which nobody has touched anything since the last run. */
const damaged = async (more: Partial<Damaged> = {}) => {
  const dir = await newDirectory();
  const all: Damaged = {
    directory: new MirrorDirectory(await storeFolder(dir)),
    records: new RecordTable(memoryRows()),
    files: new FileTable(memoryRows(), { run: 7, cleanRun: 6 }),
    run: 7,
    space: 'DOCS',
    isOneWhole: false,
    cleanAtMs: Date.now() * 2,
    isBetweenRuns: () => false,
    ...more,
  };
  return { dir, ...all, rebuild: () => rebuild(all) };
};

test('what the list of files tells goes to the records, to be fetched again', async () => {
  const at = await damaged({ isOneWhole: true });
  await at.files.expect('page:1', A, undefined);
  await at.files.claimFolder('folder:2', 'docs');
  await at.rebuild();
  expect(at.records.get('page:1')).toMatchObject({ version: 0, fingerprint: '', files: [A] });
  expect(at.records.get('folder:2')).toMatchObject({ version: 0, directory: 'docs' });
});

test('a record whose outline is lost has one again', async () => {
  const rows = memoryRows();
  const at = await damaged({ isOneWhole: true, records: new RecordTable(rows) });
  await at.records.put(1, PAGE);
  await rows.write([['outline:page:1', undefined]]);
  await at.rebuild();
  expect([at.records.outline('page:1')?.files, at.records.stored('page:1')]).toEqual([
    [A],
    { run: 1, record: PAGE },
  ]);
});

test('what the records tell goes to the list of files, and the records stay as they are', async () => {
  const at = await damaged({ isOneWhole: true });
  await at.records.put(1, PAGE);
  await at.records.put(1, { ...PAGE, kind: 'folder', id: '2', files: [], directory: 'docs' });
  await at.rebuild();
  expect(at.files.find('a.md')).toEqual({
    path: 'a.md',
    owner: 'page:1',
    run: 7,
    stamps: [{ bytes: A.bytes, hash: A.hash }],
  });
  expect([at.files.isFolder('docs'), at.files.ownerOf('docs')]).toEqual([true, 'folder:2']);
  expect(at.records.get('page:1')).toEqual(PAGE);
});

test('what both tell of is told as it is; where they differ, either may be there', async () => {
  const at = await damaged({ isOneWhole: true });
  await at.files.expect('page:1', A, undefined);
  const before = at.files.find('a.md');
  await at.records.put(1, PAGE);
  await at.rebuild();
  expect(at.files.find('a.md')).toEqual(before);
  const other = { ...A, hash: 'other' };
  await at.records.put(1, { ...PAGE, files: [other] });
  await at.rebuild();
  expect(at.files.stampsAt('a.md').map(({ hash }) => hash)).toEqual([A.hash, 'other']);
});

describe('a file that says which page it is of, and of which nobody knows', () => {
  const found = ({ records, files }: Damaged) => [records.get('page:1')?.files, files.ownerOf('a.md')];

  test('is believed', async () => {
    const at = await damaged();
    await put(at.dir, 'a.md', TEXT);
    await at.rebuild();
    expect(found(at)).toEqual([[A], 'page:1']);
    expect(at.records.get('page:1')).toMatchObject({ version: 0, fingerprint: '' });
  });

  test.each<[string, Partial<Damaged>]>([
    ['the list of files is whole', { isOneWhole: true }],
    ['it was touched since the last run', { cleanAtMs: 0 }],
    ['it is of another space', { space: 'OTHER' }],
    ['no run was at work when it appeared', { isBetweenRuns: () => true }],
  ])('is not believed where %s', async (_, more) => {
    const at = await damaged(more);
    await put(at.dir, 'a.md', TEXT);
    await at.rebuild();
    expect(found(at)).toEqual([undefined, undefined]);
  });

  test.each<[string, number, readonly FileStamp[] | undefined]>([
    ['not believed where it was touched at the moment of the last run', 0, undefined],
    ['believed where it was touched just before it', 1, [A]],
  ])('is %s', async (_, laterMs, files) => {
    const { dir, directory } = await damaged();
    await put(dir, 'a.md', TEXT);
    const { ctimeMs } = await stat(path.join(dir, 'a.md'));
    const at = await damaged({ directory, cleanAtMs: ctimeMs + laterMs });
    await at.rebuild();
    expect(at.records.get('page:1')?.files).toEqual(files);
  });

  test('is not believed where the file is another item’s', async () => {
    const at = await damaged();
    await at.files.expect('page:2', { ...A, hash: 'other' }, undefined);
    await put(at.dir, 'a.md', TEXT);
    await at.rebuild();
    expect(found(at)).toEqual([undefined, 'page:2']);
  });

  test('is not believed where the body beside it is another item’s', async () => {
    const at = await damaged();
    await at.files.expect('page:2', stampOf('a.xhtml', 'other'), undefined);
    await put(at.dir, 'a.xhtml', 'body');
    await put(at.dir, 'a.meta.json', '{"id":"1","space":"DOCS","type":"page"}');
    await at.rebuild();
    expect([at.records.get('page:1'), at.files.ownerOf('a.meta.json')]).toEqual([undefined, undefined]);
  });

  test('is one of the contents that may be there, where its item had another one', async () => {
    const at = await damaged();
    await at.files.expect('page:1', { ...A, hash: 'other' }, undefined);
    await put(at.dir, 'a.md', TEXT);
    await at.rebuild();
    expect(at.files.stampsAt('a.md').map(({ hash }) => hash)).toEqual(['other', A.hash]);
  });

  test('changes nothing where it is known already', async () => {
    const at = await damaged();
    await at.files.expect('page:1', A, undefined);
    await at.records.put(1, PAGE);
    await put(at.dir, 'a.md', TEXT);
    await at.rebuild();
    expect(at.records.stored('page:1')).toEqual({ run: 1, record: PAGE });
  });
});
