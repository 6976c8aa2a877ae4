import { appendFile, copyFile, mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { breakSeal, checkSeal, writeSeal } from '../../lib/store/seal.js';
import { TemporaryFiles } from '../../lib/store/temporary-files.js';
import { storeFolder } from './support/store-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const STORE = '.rxsync/store-1';

/** Two databases that were closed and sealed. */
const sealed = async () => {
  const folder = await storeFolder(await newDirectory());
  const at = (file: string): string => path.join(folder.root, STORE, file);
  for (const table of ['records', 'files']) {
    await mkdir(at(table), { recursive: true });
    for (const name of ['000003.log', 'CURRENT', 'LOG', 'LOCK'])
      await writeFile(at(`${table}/${name}`), name);
  }
  await writeSeal(folder, new TemporaryFiles(folder), STORE, 1);
  return { folder, at };
};

test('databases are whole as long as nobody has touched them; what it does not read does not count', async () => {
  const { folder, at } = await sealed();
  await appendFile(at('records/LOG'), 'more');
  await rm(at('files/LOCK'));
  for (const name of ['.DS_Store', 'CURRENT (conflicted copy)', '000003 2.log', '000004.ldb.sync'])
    await writeFile(at(`records/${name}`), '');
  expect(await checkSeal(folder, STORE)).toEqual([]);
});

test.each<[string, string, (at: (file: string) => string) => Promise<void>]>([
  ['cut', 'records/000003.log', (at) => truncate(at('records/000003.log'), 3)],
  ['changed in its size', 'files/CURRENT', (at) => appendFile(at('files/CURRENT'), '.')],
  ['changed in a bit', 'files/CURRENT', (at) => writeFile(at('files/CURRENT'), 'CURRENS')],
  ['gone', 'files/000003.log', (at) => rm(at('files/000003.log'))],
  ['new', 'records/000009.ldb', (at) => copyFile(at('records/CURRENT'), at('records/000009.ldb'))],
])('a file that is %s is named', async (_what, file, damage) => {
  const { folder, at } = await sealed();
  await damage(at);
  expect(await checkSeal(folder, STORE)).toEqual([file]);
});

test('a seal that cannot be read is damage itself; one that was broken is none', async () => {
  const { folder, at } = await sealed();
  await writeFile(at('seal.json'), '[{]');
  expect(await checkSeal(folder, STORE)).toEqual(['seal.json']);
  await breakSeal(folder, STORE);
  expect(await checkSeal(folder, STORE)).toBe('none');
  await breakSeal(folder, STORE);
});
