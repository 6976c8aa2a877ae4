import path from 'node:path';
import { expect, test } from '@jest/globals';
import { makeDirectories } from '../../lib/store/files.js';
import fs from 'fs-extra';
import { useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

test('makes a directory and those above it; several may do so at once', async () => {
  const deep = path.join(await folder(), 'a', 'b', 'c');
  await Promise.all([makeDirectories(deep), makeDirectories(deep), makeDirectories(path.dirname(deep))]);
  expect((await fs.stat(deep)).isDirectory()).toBe(true);
});

test('a file in the way is told', async () => {
  const file = path.join(await folder(), 'file');
  await fs.writeFile(file, '');
  await expect(makeDirectories(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeDirectories(path.join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('comes to an end where no directory can be made', async () => {
  await expect(makeDirectories('/proc/rxsync/mirror')).rejects.toThrow(/mkdir/);
});
