import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { StoreError } from '../../lib/errors/store-error.js';
import { realFiles } from '../../lib/store/files.js';
import { Folder } from '../../lib/store/folder.js';
import { MirrorDirectory, mirrorPath } from '../../lib/store/mirror-directory.js';
import { treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const nothing = () => false;

describe('a path', () => {
  test.each(['a.md', 'a/b/c.md', '..a', 'a..', 'a/.rxsync', '.rxsyncer/a'])('%p is within', (relative) => {
    expect(mirrorPath(relative)).toBe(relative);
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
    'a\0b',
    '.rxsync',
    '.rxsync/a',
    '.RxSync/a',
  ])('%p is refused', (relative) => {
    expect(() => mirrorPath(relative)).toThrow(StoreError);
  });
});

test('makes a directory and those above it, again after it was removed', async () => {
  const dir = await newDirectory();
  const directory = new MirrorDirectory(new Folder(dir));
  await directory.makeDirectory('a/b/c');
  await directory.removeEmpty('a/b/c', nothing);
  expect(await treeOf(dir)).toEqual({});
  await directory.makeDirectory('a/b');
  expect(await treeOf(dir)).toEqual({ 'a/': '', 'a/b/': '' });
});

test('removes empty directories upwards, up to one that is kept or not empty', async () => {
  const dir = await newDirectory();
  const directory = new MirrorDirectory(new Folder(dir));
  for (const each of ['a/b/c', 'x/y/z']) await directory.makeDirectory(each);
  await writeFile(path.join(dir, 'a', 'notes.txt'), 'mine');
  await directory.removeEmpty('a/b/c', nothing);
  await directory.removeEmpty('x/y/z', (each) => each === 'x/y');
  expect(await treeOf(dir)).toEqual({ 'a/': '', 'a/notes.txt': 'mine', 'x/': '', 'x/y/': '' });
});

test('goes on upwards from one that is gone already', async () => {
  const dir = await newDirectory();
  const directory = new MirrorDirectory(new Folder(dir));
  await directory.makeDirectory('a/b');
  await rm(path.join(dir, 'a', 'b'), { recursive: true });
  await directory.removeEmpty('a/b', nothing);
  expect(await treeOf(dir)).toEqual({});
});

test('leaves one to whoever takes the last file away just then', async () => {
  const dir = await newDirectory();
  const rmdir = async (location: string): Promise<void> => {
    await rm(path.join(dir, 'a', 'last.txt'), { force: true });
    throw Object.assign(new Error(location), { code: 'ENOTEMPTY', syscall: 'rmdir' });
  };
  const directory = new MirrorDirectory(new Folder(dir, { files: { ...realFiles, rmdir } }));
  await directory.makeDirectory('a');
  await writeFile(path.join(dir, 'a', 'last.txt'), '');
  await directory.removeEmpty('a', nothing);
  expect(await treeOf(dir)).toEqual({ 'a/': '' });
});

test('knows directories from files and links, at every level', async () => {
  const [dir, outside] = [await newDirectory(), await newDirectory()];
  await mkdir(path.join(outside, 'b'));
  await mkdir(path.join(dir, 'real', 'b'), { recursive: true });
  await writeFile(path.join(dir, 'file'), '');
  await symlink(outside, path.join(dir, 'link'));
  const directory = new MirrorDirectory(new Folder(dir));
  const asked = ['', 'real', 'real/b', 'file', 'file/b', 'none', 'none/b'];
  expect(asked.filter((each) => directory.hasDirectory(each))).toEqual(['', 'real', 'real/b']);
  for (const each of ['link', 'link/b'])
    expect(() => directory.hasDirectory(each)).toThrow('"link" is a symbolic link');
});
