import { mkdir, realpath, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { RefusedFileError } from '../../lib/errors/refused-file-error.js';
import { SymbolicLinkError } from '../../lib/errors/symbolic-link-error.js';
import { Looks } from '../../lib/store/looks.js';
import { put } from './support/mirror.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

const plant = async () => {
  const root = await realpath(await newDirectory());
  await mkdir(path.join(root, 'a/b'), { recursive: true });
  await put(root, 'a/b/c.md', 'inside');
  await symlink('a', path.join(root, 'link'));
  return { root, looks: new Looks(root) };
};

test('looks see what is there', async () => {
  const { looks } = await plant();
  expect(looks.stat('a/b/c.md')?.size).toBe('inside'.length);
  expect(['a/b/d.md', 'a/b/c.md/d.md', 'none/c.md'].map((each) => looks.stat(each))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(['a/b', 'a/c', 'a/b/c.md', ''].map((each) => looks.hasDirectory(each))).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test('a link is told where it stands, and refused on the way, each time', async () => {
  const { looks } = await plant();
  expect(looks.stat('link')?.isSymbolicLink()).toBe(true);
  for (const look of [
    () => looks.stat('link/b/c.md'),
    () => looks.stat('link/b/c.md'),
    () => looks.hasDirectory('link/b'),
  ])
    expect(look).toThrow(SymbolicLinkError);
});

test('no path leads out of the mirror, or to what is rxsync’s own', async () => {
  const { looks } = await plant();
  for (const each of ['../a', 'a/../../b', '/etc', '.rxsync/state.json', 'a//b'])
    expect(() => looks.stat(each)).toThrow('is no path within a mirror');
});

test('a name that the file system does not take is refused, for that path', async () => {
  const { looks } = await plant();
  const long = `a/${'n'.repeat(300)}`;
  for (const look of [
    () => looks.stat(long),
    () => looks.hasDirectory(long),
    () => looks.stat(`${long}/c.md`),
  ])
    expect(look).toThrow(RefusedFileError);
});

test('a directory is examined once: files in it are looked at each time', async () => {
  const { root, looks } = await plant();
  expect(looks.stat('a/b/c.md')).toBeDefined();
  await rename(path.join(root, 'a/b/c.md'), path.join(root, 'a/b/d.md'));
  expect([looks.stat('a/b/c.md'), looks.stat('a/b/d.md')?.size]).toEqual([undefined, 6]);
  await rm(path.join(root, 'a'), { recursive: true });
  expect(looks.stat('a/b/d.md')).toBeUndefined();
});
