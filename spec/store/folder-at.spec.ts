import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { checkLink, checkRoot, folderAt } from '../../lib/store/folder-at.js';
import { statePaths } from './support/state-paths.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

test('a folder is found by its real path; one that is not there is none, and is not made', async () => {
  const dir = await newDirectory();
  const nowhere = path.join(dir, 'nowhere/below');
  const link = path.join(dir, 'link');
  await symlink('.', link);
  for (const each of [dir, link]) expect(folderAt(each)?.root).toBe(dir);
  expect(folderAt(nowhere)).toBeUndefined();
  for (const each of [dir, link, nowhere])
    for (const check of [checkRoot, checkLink]) expect(() => check(each)).not.toThrow();
  expect(await readdir(dir)).toEqual(['link']);
});

test('a file in place of the folder is an error that says what to do', async () => {
  const file = path.join(await newDirectory(), 'file');
  await writeFile(file, '');
  for (const look of [checkRoot, folderAt]) {
    expect(() => look(file)).toThrow(
      expect.objectContaining({
        code: 'store',
        message: `"${file}" is a file; a mirror needs a folder.`,
        hint: 'Name another folder.',
      }),
    );
  }
});

test('a link to a folder that is not there is an error, and the folder is not made', async () => {
  const link = path.join(await newDirectory(), 'link');
  await symlink('nowhere', link);
  expect(() => checkLink(link)).toThrow(
    expect.objectContaining({
      code: 'store',
      message: `"${link}" is a symbolic link to a folder that is not there.`,
      hint: 'Make that folder, or name another one.',
    }),
  );
});

test('what stands in the place of rxsync’s own files is no mirror that is not there: it is told', async () => {
  const dir = await newDirectory();
  await mkdir(statePaths(dir).state, { recursive: true });
  expect(() => folderAt(dir)).toThrow(
    '".rxsync/state.json" is a folder where rxsync keeps a file of its own.',
  );
});

test('what the system says otherwise is told as it is', () => {
  expect(() => folderAt('/dev/null/below')).toThrow(/ENOTDIR/);
});
