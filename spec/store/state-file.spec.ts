import { readFile, readdir, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { readState, type State, writeState } from '../../lib/store/state-file.js';
import { failedItem } from '../support/events.js';
import { mirrorStateWith, stateOf } from '../support/mirror-state.js';
import type { Folder } from '../../lib/store/folder.js';
import { TemporaryFiles } from '../../lib/store/temporary-files.js';
import { statePaths } from './support/state-paths.js';
import { storeFolder } from './support/store-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const newFolder = async () => storeFolder(await newDirectory());
const fileOf = ({ root }: Folder) => statePaths(root).state;

const STATE = stateOf(mirrorStateWith());

const full: State = {
  ...STATE,
  scope: { ...STATE.scope, ancestor: ['7'], label: 'a', cql: 'type=page' },
  lastFullSync: '2026-01-01T00:00:00.000Z',
  checkpoint: {
    scope: STATE.scope,
    processedCount: 50,
    totalCount: 100,
    startedAt: '2026-02-03T10:00:00.000Z',
    failedIds: ['page:7'],
  },
  failedItems: [failedItem({ title: 'A\u2028', status: 500 })],
  failedCount: 1,
  homepageId: '1',
  account: 'acct-1',
  incomplete: [{ of: 'names', code: 'http-500', status: 500, message: 'No.', hint: 'Do.' }],
  notVisible: 0,
};

test('a missing state is none', async () => {
  expect(await readState(await newFolder())).toEqual({ kind: 'none' });
});

test.each([STATE, full])('a state comes back as it was, and nothing else is left', async (state) => {
  const folder = await newFolder();
  await writeState(new TemporaryFiles(folder), STATE);
  await writeState(new TemporaryFiles(folder), state);
  expect(await readState(folder)).toEqual({ kind: 'read', state });
  expect((await readdir(statePaths(folder.root).directory)).sort()).toEqual(['state.json', 'tmp']);
  expect(await readdir(statePaths(folder.root).temporary)).toEqual([]);
});

test('people and jq can read it', async () => {
  const folder = await newFolder();
  await writeState(new TemporaryFiles(folder), full);
  expect(await readFile(fileOf(folder), 'utf8')).toContain('\n  "checkpoint": {\n    "scope": {\n');
});

test.each([
  ['half a file', '{"schemaVersion": 1, "spa', /no JSON/],
  ['nothing', '', /no JSON/],
  ['an earlier schema', JSON.stringify({ ...STATE, schemaVersion: 0 }), /schemaVersion/],
  ['a schema that is no whole number', JSON.stringify({ ...STATE, schemaVersion: 1.5 }), /schemaVersion/],
  ['a schema that is no number', JSON.stringify({ ...STATE, schemaVersion: '2' }), /schemaVersion/],
  ['a field missing', JSON.stringify({ ...STATE, scope: undefined }), /scope/],
  [
    'a setting that is none',
    JSON.stringify({ ...STATE, scope: { ...STATE.scope, format: 'pdf' } }),
    /format/,
  ],
  ['another type', '[]', /object/],
])('%s is told as damaged, not thrown', async (_, text, reason) => {
  const folder = await newFolder();
  await writeFile(fileOf(folder), text);
  expect(await readState(folder)).toEqual({ kind: 'damaged', reason: expect.stringMatching(reason) });
});

test.each([{ ...STATE, schemaVersion: 2 }, { schemaVersion: 31 }])(
  'a later schema is told as such (%j)',
  async (state) => {
    const folder = await newFolder();
    await writeFile(fileOf(folder), JSON.stringify(state));
    const { schemaVersion } = state;
    expect(await readState(folder)).toMatchObject({ kind: 'damaged', laterVersion: schemaVersion });
  },
);

test('a byte order mark, as editors put it there, does no harm', async () => {
  const folder = await newFolder();
  await writeState(new TemporaryFiles(folder), full);
  await writeFile(fileOf(folder), `\uFEFF${await readFile(fileOf(folder), 'utf8')}`);
  expect(await readState(folder)).toEqual({ kind: 'read', state: full });
});

test('fields of a later release do no harm', async () => {
  const folder = await newFolder();
  await writeFile(fileOf(folder), JSON.stringify({ ...STATE, later: true }));
  expect(await readState(folder)).toEqual({ kind: 'read', state: STATE });
});
