import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { outerMirror } from '../../lib/store/outer-mirror.js';
import { STATE, withMirror } from './support/mirror.js';
import { statePaths } from './support/state-paths.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

test('the nearest mirror above a folder is found, be the folder there or not; a folder is not above itself', async () => {
  const dir = await newDirectory();
  const inner = path.join(dir, 'a/b');
  for (const each of [dir, inner]) await withMirror(each, ({ store }) => store.checkpoint(STATE));
  expect(outerMirror(path.join(inner, 'c/d'))).toBe(inner);
  expect(outerMirror(inner)).toBe(dir);
  expect(outerMirror(dir)).toBeUndefined();
});

test('a folder that only looks like one is none, and neither is the root', async () => {
  const dir = await newDirectory();
  await mkdir(statePaths(dir).directory);
  expect(outerMirror(path.join(dir, 'a'))).toBeUndefined();
  expect(outerMirror('/')).toBeUndefined();
});
