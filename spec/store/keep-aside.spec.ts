import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { keepAside } from '../../lib/store/keep-aside.js';
import { MirrorDirectory } from '../../lib/store/mirror-directory.js';
import { put } from './support/mirror.js';
import { storeFolder } from './support/store-folder.js';
import { treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** A folder with these files, of which `a.md` is put aside. */
const keptIn = async (files: Readonly<Record<string, string>>) => {
  const dir = await newDirectory();
  for (const [file, text] of Object.entries(files)) await put(dir, file, text);
  const directory = new MirrorDirectory(await storeFolder(dir));
  return { dir, directory, keep: () => keepAside(directory, 'a.md') };
};

test.each<[string, Record<string, string>, string, Record<string, string>]>([
  ['moved', { 'a.md': 'mine' }, 'a.md.local-1', { 'a.md.local-1': 'mine' }],
  [
    'moved beside another one',
    { 'a.md': 'mine', 'a.md.local-1': 'then' },
    'a.md.local-2',
    { 'a.md.local-1': 'then', 'a.md.local-2': 'mine' },
  ],
  [
    'known where the same stands there already',
    { 'a.md': 'mine', 'a.md.local-1': 'mine', 'a.md.local-2': 'then' },
    'a.md.local-1',
    { 'a.md.local-1': 'mine', 'a.md.local-2': 'then' },
  ],
])('what stands in a place is %s', async (_, files, keptAs, left) => {
  const { dir, keep } = await keptIn(files);
  expect(await keep()).toBe(keptAs);
  expect(await treeOf(dir)).toEqual(left);
});

test('a link is kept as such, beside a file with the content that it leads to', async () => {
  const { dir, directory, keep } = await keptIn({ 'a.md.local-1': 'mine', 'b.md': 'mine' });
  await symlink('b.md', path.join(dir, 'a.md'));
  expect(await keep()).toBe('a.md.local-2');
  expect(directory.stat('a.md.local-2')?.isSymbolicLink()).toBe(true);
});

test('what is saved while it is held against an earlier copy is kept, too', async () => {
  const { dir, directory } = await keptIn({ 'a.md': 'mine', 'a.md.local-1': 'mine' });
  const hash = directory.hash.bind(directory);
  directory.hash = async (relative) => {
    const found = await hash(relative);
    if (relative === 'a.md.local-1') await put(dir, 'a.md', 'saved meanwhile');
    return found;
  };
  expect(await keepAside(directory, 'a.md')).toBe('a.md.local-2');
  expect(await treeOf(dir)).toEqual({ 'a.md.local-1': 'mine', 'a.md.local-2': 'saved meanwhile' });
});
