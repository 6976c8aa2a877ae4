import { link, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { StoreError } from '../../lib/errors/store-error.js';
import { type Dirent, realFiles, type Stats } from '../../lib/store/files.js';
import { Folder } from '../../lib/store/folder.js';
import { MirrorDirectory } from '../../lib/store/mirror-directory.js';
import { mirrorPath } from '../../lib/store/mirror-path.js';
import { refusingFiles } from './support/refusing-files.js';
import { treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const nothing = () => false;
const put = async (dir: string, name: string, text: string): Promise<void> => {
  await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
  await writeFile(path.join(dir, name), text);
};

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

test('one that may not be removed is told where it is empty; where it is not, it stays anyway', async () => {
  const dir = await newDirectory();
  const directory = new MirrorDirectory(new Folder(dir, { files: refusingFiles(new Set(['a']), 'EPERM') }));
  await mkdir(path.join(dir, 'a'));
  await expect(directory.removeEmpty('a', nothing)).rejects.toMatchObject({
    code: 'refused-file',
    message: '"a" cannot be deleted: EPERM.',
  });
  await writeFile(path.join(dir, 'a', 'notes.txt'), 'mine');
  await directory.removeEmpty('a', nothing);
  expect(await treeOf(dir)).toEqual({ 'a/': '', 'a/notes.txt': 'mine' });
});

test('what is behind a link by now stays', async () => {
  const [dir, outside] = [await newDirectory(), await newDirectory()];
  await mkdir(path.join(outside, 'b'));
  await symlink(outside, path.join(dir, 'a'));
  await new MirrorDirectory(new Folder(dir)).removeEmpty('a/b', nothing);
  expect(await treeOf(outside)).toEqual({ 'b/': '' });
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

test('two paths are one file where both lead to it; what is not there is the same as nothing', async () => {
  const dir = await newDirectory();
  for (const name of ['a.md', 'b.md']) await writeFile(path.join(dir, name), 'same');
  await link(path.join(dir, 'a.md'), path.join(dir, 'A.md'));
  const directory = new MirrorDirectory(new Folder(dir));
  expect([directory.isSameFile('a.md', 'A.md'), directory.isSameFile('a.md', 'b.md')]).toEqual([true, false]);
  for (const [a, b] of [
    ['a.md', 'none'],
    ['none', 'a.md'],
    ['none', 'none'],
  ] as const)
    expect(directory.isSameFile(a, b)).toBe(false);
});

/** A folder whose file system tells no cases apart, and numbers a file anew for each spelling. */
class Unspelled extends Folder {
  #count = 0;

  override stat(relative: string): Stats | undefined {
    const stat = super.stat(relative.toLowerCase());
    this.#count += 1;
    return stat && Object.assign(stat, { ino: this.#count });
  }

  override list(relative: string): readonly Dirent[] {
    return super.list(relative.toLowerCase());
  }
}

test('two spellings of one entry are one file, whatever number it has; of two entries they are two', async () => {
  const dir = await newDirectory();
  for (const name of ['d/a.png', 'd/b.png', 'e/a.png']) await put(dir, name, 'one');
  const directory = new MirrorDirectory(new Unspelled(dir));
  for (const [a, b] of [
    ['d/a.png', 'd/A.png'],
    ['d/a.png', 'D/a.PNG'],
  ] as const)
    expect(directory.isSameFile(a, b)).toBe(true);
  for (const other of ['d/b.png', 'e/a.png', 'd/c.png'])
    expect(directory.isSameFile('d/a.png', other)).toBe(false);
  const apart = await newDirectory();
  for (const name of ['d/a.png', 'd/A.png', 'D/a.png']) await put(apart, name, 'one');
  for (const other of ['d/A.png', 'D/a.png'])
    expect(new MirrorDirectory(new Folder(apart)).isSameFile('d/a.png', other)).toBe(false);
});

describe('a move', () => {
  test('makes the directories on the way, and does nothing when it is told at the last moment', async () => {
    const dir = await newDirectory();
    const directory = new MirrorDirectory(new Folder(dir));
    await writeFile(path.join(dir, 'a.md'), 'one');
    expect(await directory.moveTo('a.md', 'x/y/b.md', () => false)).toBe(false);
    expect(await treeOf(dir)).toEqual({ 'a.md': 'one' });
    expect(await directory.moveTo('a.md', 'x/y/b.md')).toBe(true);
    expect(await treeOf(dir)).toEqual({ 'x/': '', 'x/y/': '', 'x/y/b.md': 'one' });
  });

  test('that is refused names both places; one out of rxsync’s own folder, where it was to be written', async () => {
    const dir = await newDirectory();
    await mkdir(path.join(dir, '.rxsync/tmp'), { recursive: true });
    for (const name of ['a.md', '.rxsync/tmp/1']) await writeFile(path.join(dir, name), '');
    const directory = new MirrorDirectory(
      new Folder(dir, { files: refusingFiles(new Set(['b.md']), 'EPERM') }),
    );
    await expect(directory.moveTo('a.md', 'b.md')).rejects.toThrow(
      '"b.md" cannot be moved here from "a.md": EPERM.',
    );
    await expect(directory.moveTo('.rxsync/tmp/1', 'b.md')).rejects.toThrow(
      '"b.md" cannot be written: EPERM.',
    );
  });

  test('leads to no place outside of the mirror', async () => {
    const dir = await newDirectory();
    await writeFile(path.join(dir, 'a.md'), 'one');
    const directory = new MirrorDirectory(new Folder(dir));
    for (const to of ['../b.md', '.rxsync/b.md'])
      expect(() => directory.moveTo('a.md', to)).toThrow(`"${to}" is no path within a mirror.`);
    expect(await treeOf(dir)).toEqual({ 'a.md': 'one' });
  });
});

test('what was to be moved is discarded, whoever it belongs to; what is gone already is no matter', async () => {
  const dir = await newDirectory();
  await mkdir(path.join(dir, '.rxsync'));
  const directory = new MirrorDirectory(new Folder(dir));
  for (const name of ['a.md', '.rxsync/a.md']) {
    await writeFile(path.join(dir, name), '');
    await directory.discard(name);
    await directory.discard(name);
    expect(directory.trace('a.md')).toBeUndefined();
  }
  expect(await readdir(path.join(dir, '.rxsync'))).toEqual([]);
});
