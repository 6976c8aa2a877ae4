import { expect, test } from '@jest/globals';
import { encodeDependency } from '../../lib/core/link-state.js';
import { outlineOf } from '../../lib/core/outline.js';
import { asOutdated, type ItemRecord } from '../../lib/core/records.js';
import { versionStamp } from '../../lib/core/versions.js';
import { listedPage } from '../support/searching.js';

const VERSION = { version: 3, updatedAt: '2026-02-03T04:05:06.789Z' };
const FILES = [{ path: 'a.md', bytes: 1, hash: 'h' }];
const PAGE = {
  kind: 'page',
  id: '1',
  version: 3,
  fingerprint: 'f',
  shape: 's',
  files: FILES,
  page: listedPage(1, VERSION),
  references: [],
  spans: [[0, 1, 0]],
} as const satisfies ItemRecord;

test('an outline has neither marks nor links of its record', () => {
  const outline = { kind: 'page', id: '1', files: FILES, settled: versionStamp(VERSION), accounts: [] };
  expect(outlineOf(PAGE)).toEqual(outline);
  const { kind, id, version, fingerprint, files, page } = PAGE;
  expect(outlineOf({ kind, id, version, fingerprint, files, page })).toEqual(outline);
});

test('a folder has what is listed of it, and its directory', () => {
  const folder = { id: '2', type: 'folder', title: 'Docs', parentId: undefined } as const;
  const record: ItemRecord = { ...PAGE, kind: 'folder', id: '2', files: [], folder, directory: 'docs' };
  expect(outlineOf(record)).toMatchObject({ folder, directory: 'docs' });
});

test('settled is what is written and includes no other page', () => {
  const include = encodeDependency({ kind: 'include', page: { kind: 'page-id', id: '1' } });
  expect(outlineOf({ ...PAGE, references: [include] }).settled).toBeUndefined();
  expect(outlineOf(asOutdated(PAGE)).settled).toBeUndefined();
  const { id, version, fingerprint, files } = PAGE;
  expect(outlineOf({ kind: 'attachment', id, version, fingerprint, files }).settled).toBeUndefined();
});

test('the accounts are those that the text mentions', () => {
  const references = [
    encodeDependency({ kind: 'user', accountId: 'u1' }),
    encodeDependency({ kind: 'page', title: 'A' }),
    encodeDependency({ kind: 'user', accountId: 'u2' }),
  ];
  expect(outlineOf({ ...PAGE, references }).accounts).toEqual(['u1', 'u2']);
});
