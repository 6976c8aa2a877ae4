import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { type MirrorState, readState, writeState } from '../../lib/store/state-file.js';
import { failedItem } from '../support/events.js';
import { STATE } from './support/mirror.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const newFile = async () => path.join(await newDirectory(), 'state.json');

const full: MirrorState = {
  ...STATE,
  scope: { ...STATE.scope, ancestor: '7', label: 'a', cql: 'type=page' },
  lastFullSync: '2026-01-01T00:00:00.000Z',
  checkpoint: {
    scope: STATE.scope,
    processedCount: 50,
    totalCount: 100,
    startedAt: '2026-02-03T10:00:00.000Z',
    failedIds: ['page:7'],
  },
  failedItems: [failedItem({ title: 'A\u2028', status: 500 })],
  homepageId: '1',
  account: 'acct-1',
  incomplete: [{ of: 'names', code: 'http-500', status: 500, message: 'No.', hint: 'Do.' }],
  notVisible: 0,
};

test('a missing state is none', async () => {
  expect(await readState(await newFile())).toEqual({ kind: 'none' });
});

test.each([STATE, full])('a state comes back as it was, and nothing else is left', async (state) => {
  const file = await newFile();
  await writeState(file, STATE);
  await writeState(file, state);
  expect(await readState(file)).toEqual({ kind: 'read', state });
  expect(await readdir(path.dirname(file))).toEqual(['state.json']);
});

test('people and jq can read it', async () => {
  const file = await newFile();
  await writeState(file, full);
  expect(await readFile(file, 'utf8')).toContain('\n  "checkpoint": {\n    "scope": {\n');
});

test.each([
  ['half a file', '{"schemaVersion": 1, "spa', /no JSON/],
  ['nothing', '', /no JSON/],
  ['a later schema', JSON.stringify({ ...STATE, schemaVersion: 2 }), /schemaVersion/],
  ['a field missing', JSON.stringify({ ...STATE, scope: undefined }), /scope/],
  ['another type', '[]', /object/],
])('%s is told as damaged, not thrown', async (_, text, reason) => {
  const file = await newFile();
  await writeFile(file, text);
  expect(await readState(file)).toEqual({ kind: 'damaged', reason: expect.stringMatching(reason) });
});

test('fields of a later release do no harm', async () => {
  const file = await newFile();
  await writeFile(file, JSON.stringify({ ...STATE, later: true }));
  expect(await readState(file)).toEqual({ kind: 'read', state: STATE });
});
