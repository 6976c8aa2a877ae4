import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { tryWriting } from '../../lib/store/try-writing.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

test('where a file may be written there is no reason, and nothing is left of the trial', async () => {
  const dir = await newDirectory();
  expect(tryWriting(dir, 1000)).toBeUndefined();
  expect(await readdir(dir)).toEqual([]);
});

test('what the system says of a file that may not be written is the reason', async () => {
  const dir = await newDirectory();
  await writeFile(path.join(dir, 'file'), '');
  expect(tryWriting(path.join(dir, 'file'), 1000)).toBe('ENOTDIR');
  expect(tryWriting(path.join(dir, 'nowhere'), 1000)).toBe('ENOENT');
});
