import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { StoreError } from '../../lib/errors/store-error.js';
import { MirrorDirectory } from '../../lib/store/mirror-directory.js';
import { treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const nothing = () => false;

describe('resolve', () => {
  const directory = new MirrorDirectory('mirror');

  test.each(['a.md', 'a/b/c.md', '..a', 'a..', 'a/.rxsync', '.rxsyncer/a'])('%p is within', (relative) => {
    expect(path.relative(directory.root, directory.resolve(relative)).split(path.sep).join('/')).toBe(
      relative,
    );
  });

  test.each([
    '',
    '.',
    '..',
    '../a',
    'a/../../b',
    'a/..',
    '/etc/passwd',
    'a//b',
    'a/',
    '.rxsync',
    '.rxsync/a',
    '.RxSync/a',
  ])('%p is refused', (relative) => {
    expect(() => directory.resolve(relative)).toThrow(StoreError);
  });
});

test('makes a directory and those above it, again after it was removed', async () => {
  const dir = await newDirectory();
  const directory = new MirrorDirectory(dir);
  await directory.makeDirectory('a/b/c');
  await directory.removeEmpty('a/b/c', nothing);
  expect(await treeOf(dir)).toEqual({});
  await directory.makeDirectory('a/b');
  expect(await treeOf(dir)).toEqual({ 'a/': '', 'a/b/': '' });
});

test('removes empty directories upwards, up to one that is kept or not empty', async () => {
  const dir = await newDirectory();
  const directory = new MirrorDirectory(dir);
  for (const each of ['a/b/c', 'x/y/z']) await directory.makeDirectory(each);
  await writeFile(path.join(dir, 'a', 'notes.txt'), 'mine');
  await directory.removeEmpty('a/b/c', nothing);
  await directory.removeEmpty('x/y/z', (each) => each === 'x/y');
  expect(await treeOf(dir)).toEqual({ 'a/': '', 'a/notes.txt': 'mine', 'x/': '', 'x/y/': '' });
});

test('goes on upwards from one that is gone already', async () => {
  const dir = await newDirectory();
  const directory = new MirrorDirectory(dir);
  await directory.makeDirectory('a/b');
  await rm(path.join(dir, 'a', 'b'), { recursive: true });
  await directory.removeEmpty('a/b', nothing);
  expect(await treeOf(dir)).toEqual({});
});

test('knows directories from files and links, at every level', async () => {
  const [dir, outside] = [await newDirectory(), await newDirectory()];
  await mkdir(path.join(outside, 'b'));
  await mkdir(path.join(dir, 'real', 'b'), { recursive: true });
  await writeFile(path.join(dir, 'file'), '');
  await symlink(outside, path.join(dir, 'link'));
  const directory = new MirrorDirectory(dir);
  const asked = ['', 'real', 'real/b', 'file', 'file/b', 'link', 'link/b', 'none', 'none/b'];
  const answers = await Promise.all(asked.map((each) => directory.hasDirectory(each)));
  expect(asked.filter((_, i) => answers[i])).toEqual(['', 'real', 'real/b']);
});
