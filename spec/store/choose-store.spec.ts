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
  /** That has sealed it. */
  readonly run?: number;
  readonly tables: readonly string[];
}

const BOTH: Lying = { id: 'mine', tables: TABLES };
const EMPTY: Lying = { tables: [] };
const HALF: Lying = { id: 'mine', tables: ['records'] };
const FOREIGN: Lying = { id: 'other', tables: TABLES };
const NAMELESS: Lying = { tables: TABLES };
const LAST_RUN = 7;
const sealedBy = (run: number): Lying => ({ ...BOTH, run });

test.each<[string, Readonly<Record<number, Lying>>, number | undefined]>([
  ['none', {}, undefined],
  ['the only one, whatever it lacks', { 3: EMPTY }, 3],
  ['the latest', { 1: BOTH, 2: BOTH, 10: BOTH }, 10],
  ['none of a number that no run has made', { 1: BOTH, 9_999_999_999: BOTH }, 1],
  ['one with both databases, beside an empty one', { 1: BOTH, 2: EMPTY }, 1],
  ['one with both databases, beside one that has one', { 1: BOTH, 2: HALF }, 1],
  ['that of the mirror, beside another one’s', { 1: BOTH, 99: FOREIGN }, 1],
  ['that of the mirror, beside one that does not tell', { 1: BOTH, 2: NAMELESS }, 1],
  ['the latest of those that do not tell', { 1: NAMELESS, 2: NAMELESS, 3: EMPTY }, 2],
  ['that of the last run, beside one of an earlier one', { 1: sealedBy(LAST_RUN), 8: sealedBy(5) }, 1],
  ['that of the last run, beside one that nobody has closed', { 1: sealedBy(LAST_RUN), 8: BOTH }, 1],
  ['one that was in use, beside one of an earlier run', { 1: BOTH, 8: sealedBy(5) }, 1],
  ['the later of two of earlier runs', { 1: sealedBy(6), 8: sealedBy(5) }, 1],
  ['the highest of two of one run', { 1: sealedBy(LAST_RUN), 2: sealedBy(LAST_RUN) }, 2],
  ['one of a run of which the state does not know yet', { 1: sealedBy(LAST_RUN + 1), 2: BOTH }, 1],
  ['that of the mirror, whoever has closed another one’s', { 1: BOTH, 9: { ...FOREIGN, run: 99 } }, 1],
])('%s', async (_, stores, expected) => {
  const dir = await newDirectory();
  const folder = await storeFolder(dir);
  for (const [number, { id, run, tables }] of Object.entries(stores)) {
    const store = path.join(dir, '.rxsync', `store-${number}`);
    await mkdir(store);
    if (id !== undefined) await writeFile(path.join(store, 'id'), id);
    if (run !== undefined)
      await writeFile(path.join(store, 'seal.json'), JSON.stringify({ id, run, files: [] }));
    for (const table of TABLES) await mkdir(path.join(store, table));
    for (const table of tables) await writeFile(path.join(store, table, 'CURRENT'), 'MANIFEST-000001\n');
  }
  expect(await chooseStore(folder, { id: 'mine', run: LAST_RUN })).toBe(expected);
});
