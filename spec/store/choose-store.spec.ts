import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { chooseStore } from '../../lib/store/choose-store.js';
import { storeFolder } from './support/store-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

const TABLES = ['records', 'files'] as const;

interface Lying {
  readonly id?: string;
  readonly tables: readonly string[];
}

const BOTH: Lying = { id: 'mine', tables: TABLES };
const EMPTY: Lying = { tables: [] };
const HALF: Lying = { id: 'mine', tables: ['records'] };
const FOREIGN: Lying = { id: 'other', tables: TABLES };
const NAMELESS: Lying = { tables: TABLES };

test.each<[string, Readonly<Record<number, Lying>>, number | undefined]>([
  ['none', {}, undefined],
  ['the only one, whatever it lacks', { 3: EMPTY }, 3],
  ['the latest', { 1: BOTH, 2: BOTH, 10: BOTH }, 10],
  ['one with both databases, beside an empty one', { 1: BOTH, 2: EMPTY }, 1],
  ['one with both databases, beside one that has one', { 1: BOTH, 2: HALF }, 1],
  ['that of the mirror, beside another one’s', { 1: BOTH, 99: FOREIGN }, 1],
  ['that of the mirror, beside one that does not tell', { 1: BOTH, 2: NAMELESS }, 1],
  ['the latest of those that do not tell', { 1: NAMELESS, 2: NAMELESS, 3: EMPTY }, 2],
])('%s', async (_, stores, expected) => {
  const dir = await newDirectory();
  const folder = await storeFolder(dir);
  for (const [number, { id, tables }] of Object.entries(stores)) {
    const store = path.join(dir, '.rxsync', `store-${number}`);
    await mkdir(store);
    if (id !== undefined) await writeFile(path.join(store, 'id'), id);
    for (const table of TABLES) await mkdir(path.join(store, table));
    for (const table of tables) await writeFile(path.join(store, table, 'CURRENT'), 'MANIFEST-000001\n');
  }
  expect(chooseStore(folder, 'mine')).toBe(expected);
});
