import { readdir, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { realFiles } from '../../lib/store/files.js';
import { readNames, writeNames } from '../../lib/store/names-file.js';
import { STATE, withMirror } from './support/mirror.js';
import { TemporaryFiles } from '../../lib/store/temporary-files.js';
import { statePaths } from './support/state-paths.js';
import { storeFolder } from './support/store-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const newFolder = async () => storeFolder(await newDirectory());

const NAMES = new Map([
  ['b', 'Grace \u2028'],
  ['a', 'Ada'],
]);

test('names come back as they were, and nothing else is left', async () => {
  const folder = await newFolder();
  const old = new Map([['c', 'Old']]);
  await writeNames(new TemporaryFiles(folder), { before: new Map(), names: old });
  await writeNames(new TemporaryFiles(folder), { before: old, names: NAMES });
  expect([...(await readNames(folder))].sort()).toEqual([...NAMES].sort());
  expect((await readdir(statePaths(folder.root).directory)).sort()).toEqual(['names.json', 'tmp']);
});

test.each([
  ['half a file', '{"a": "Ad'],
  ['nothing', ''],
  ['another shape', '{"a": 7}'],
  ['a list', '["a"]'],
])('%s is no names: the wiki is asked anyway', async (_name, text) => {
  const folder = await newFolder();
  await writeFile(statePaths(folder.root).names, text);
  expect([...(await readNames(folder))]).toEqual([]);
});

test('a missing file is no names', async () => {
  expect([...(await readNames(await newFolder()))]).toEqual([]);
});

test('a mirror remembers the names of its last pull, and writes them only when they change', async () => {
  const dir = await newDirectory();
  const replaced: string[] = [];
  const files = {
    ...realFiles,
    rename: (from: string, to: string) => {
      if (to.endsWith('names.json')) replaced.push(to);
      return realFiles.rename(from, to);
    },
  };
  const pull = (names: ReadonlyMap<string, string>) =>
    withMirror(
      dir,
      async (mirror) => {
        const before = [...mirror.names];
        await mirror.saveNames(names);
        await mirror.store.checkpoint(STATE);
        return before;
      },
      { files },
    );
  expect(await pull(NAMES)).toEqual([]);
  expect((await pull(NAMES)).sort()).toEqual([...NAMES].sort());
  expect(replaced).toHaveLength(1);
  await pull(new Map([['a', 'Ada L.']]));
  expect(replaced).toHaveLength(2);
});
