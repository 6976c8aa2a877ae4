import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { spaceFolder } from '../../lib/store/space-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

test.each([
  ['DOCS', 'DOCS'],
  ['~ada', '~ada'],
  ['CON', '_CON_'],
  ['nul.txt', '_nul.txt_'],
  ['.rxsync', '_.rxsync_'],
  ['a.', '_a._'],
])('the space %s goes into %s', async (key, name) => {
  const dir = await newDirectory();
  expect(await spaceFolder(dir, key)).toBe(path.join(dir, name));
});

test('a folder that is there keeps its name; a link is no folder', async () => {
  const dir = await newDirectory();
  await mkdir(path.join(dir, 'Docs'));
  expect(await spaceFolder(dir, 'DOCS')).toBe(path.join(dir, 'Docs'));
  await symlink('/tmp', path.join(dir, 'team'));
  await expect(spaceFolder(dir, 'TEAM')).rejects.toThrow(`"${path.join(dir, 'team')}" is a symbolic link`);
});
