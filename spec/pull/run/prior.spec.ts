import { expect, test } from '@jest/globals';
import { encodeDependency } from '../../../lib/core/link-state.js';
import { outlineOf } from '../../../lib/core/outline.js';
import { asOutdated, type ItemRecord } from '../../../lib/core/records.js';
import { versionStamp } from '../../../lib/core/versions.js';
import { createGatherer } from '../../../lib/pull/run/prior.js';
import { attachment } from '../../support/fake-wiki.js';
import { attachmentRecord, folder, folderRecord, listedPage, pageRecord } from '../../support/searching.js';

const BARE: ItemRecord = { kind: 'folder', id: '60', version: 0, fingerprint: '', files: [] };

const gather = (...records: readonly ItemRecord[]) => {
  const { accounts, folders, formats, settled, late, onOutline } = createGatherer();
  for (const record of records) onOutline(outlineOf(record));
  return {
    accounts: [...accounts],
    formats: [...formats],
    folders: Object.fromEntries(folders),
    settled: { page: Object.fromEntries(settled.page), blogpost: Object.fromEntries(settled.blogpost) },
    late: [...late],
  };
};

test('nothing is gathered of no records', () => {
  expect(gather()).toEqual({
    accounts: [],
    formats: [],
    folders: {},
    settled: { page: {}, blogpost: {} },
    late: [],
  });
});

test('the accounts whose names recorded bodies mention, each once', () => {
  const user = (accountId: string) => encodeDependency({ kind: 'user', accountId });
  const first = [user('u1'), encodeDependency({ kind: 'page', title: 'A' }), user('u2')];
  const { accounts } = gather(
    { ...pageRecord(listedPage(1)), references: first },
    { ...pageRecord(listedPage(2)), references: [user('u2'), user('u3')] },
    pageRecord(listedPage(3)),
  );
  expect(accounts).toEqual(['u1', 'u2', 'u3']);
});

test('folders and whatever else pages stand below, by id, as they are recorded', () => {
  const records = [folder(50), folder(51, { type: 'whiteboard', parentId: '50' })].map(folderRecord);
  const { folders } = gather(...records, pageRecord(listedPage(1)), attachmentRecord(attachment(7, 1)));
  expect(folders).toEqual({ 50: records[0]?.folder, 51: records[1]?.folder });
});

test('of a record that was damaged no more is known than that there is a folder', () => {
  expect(gather(BARE).folders).toEqual({
    60: { id: '60', type: 'folder', title: '', parentId: undefined },
  });
});

test('settled is what is written and includes nothing: of anything else the version alone does not tell', () => {
  const include = encodeDependency({ kind: 'include', page: { kind: 'page-id', id: '1' } });
  const written = (id: number): ItemRecord => ({
    ...pageRecord(listedPage(id)),
    version: 3,
    fingerprint: 'f',
    files: [{ path: `${id}.md`, bytes: 1, hash: 'h' }],
  });
  const { settled } = gather(
    written(1),
    { ...written(4), kind: 'blogpost' },
    { ...written(2), references: [include] },
    asOutdated(written(3)),
    folderRecord(folder(50)),
    attachmentRecord(attachment(7, 1)),
  );
  const stamp = versionStamp({ ...listedPage(1), version: 3 });
  expect(settled).toEqual({ page: { 1: stamp }, blogpost: { 4: stamp } });
});

test('the formats are those of pages and blog posts that have a file; comments and attachments tell none', () => {
  const inFile = (record: ItemRecord, path: string): ItemRecord => ({
    ...record,
    files: [{ path, bytes: 1, hash: 'h' }],
  });
  const page = (path: string): ItemRecord => inFile(pageRecord(listedPage(1)), path);
  const others = [
    inFile({ ...BARE, kind: 'comments' }, 'a.comments.md'),
    inFile(attachmentRecord(attachment(7, 1)), 'a.attachments/x.md'),
    pageRecord(listedPage(2)),
  ];
  expect(gather(...others).formats).toEqual([]);
  expect(gather(page('a.xhtml'), ...others).formats).toEqual(['storage']);
  const post = inFile(pageRecord(listedPage(3, { kind: 'blogpost' })), 'blog/a.md');
  expect(gather(page('a.adf.json'), post, ...others).formats).toEqual(['adf', 'markdown']);
});

test('late pages and blog posts, also when nothing else is known of them any more', () => {
  const late = { ...pageRecord(listedPage(2)), isLate: true } as const;
  const { late: ids } = gather(
    pageRecord(listedPage(1)),
    late,
    asOutdated({ ...pageRecord(listedPage(3, { kind: 'blogpost' })), isLate: true }),
  );
  expect(ids).toEqual(['2', '3']);
});
