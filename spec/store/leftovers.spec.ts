import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { FileTable } from '../../lib/store/file-table.js';
import { Folder } from '../../lib/store/folder.js';
import { Leftovers } from '../../lib/store/leftovers.js';
import { memoryRows } from '../../lib/store/memory-rows.js';
import { MirrorDirectory } from '../../lib/store/mirror-directory.js';
import { withMirror, writePage } from './support/mirror.js';
import { treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

const { mkdir, rename, rm, symlink } = fs;
const put = (dir: string, name: string, text: string) => fs.outputFile(path.join(dir, name), text);

const newDirectory = useTemporaryDirectories();

const STAMP = { path: 'a/b/c.md', bytes: 1, hash: 'x' };

const leaving = (dir: string, entries = new Map<string, string>()) => {
  const rows = memoryRows(entries);
  const files = new FileTable(rows, { run: 1, cleanRun: 0 });
  const left = new Leftovers({ directory: new MirrorDirectory(new Folder(dir)), files, rows });
  return { files, left, remembered: () => [...entries.keys()].filter((key) => key.startsWith('left:')) };
};

describe('a directory that was to go', () => {
  test('goes once it is empty, with those above it, and is forgotten then', async () => {
    const dir = await newDirectory();
    const entries = new Map<string, string>();
    await put(dir, 'a/ü/mine.txt', 'mine');
    const first = leaving(dir, entries);
    first.left.noteDirectory('a/ü');
    await first.left.settle();
    expect(first.remembered()).toEqual(['left:a/ü']);
    await rm(path.join(dir, 'a/ü/mine.txt'));
    const later = leaving(dir, entries);
    await later.left.settle();
    expect([await treeOf(dir), later.remembered()]).toEqual([{}, []]);
  });

  test('is forgotten when it has gone, and when something of ours is in it, or it stands for a folder', async () => {
    const dir = await newDirectory();
    const { files, left, remembered } = leaving(dir);
    await put(dir, 'ours/c.md', 'x');
    await put(dir, 'folder/mine.txt', 'mine');
    await files.expect('page:1', { ...STAMP, path: 'ours/c.md' }, undefined);
    await files.claimFolder('folder:1', 'folder');
    for (const name of ['gone', 'ours', 'folder']) left.noteDirectory(name);
    await left.settle();
    expect(remembered()).toEqual([]);
  });

  test('waits behind a link for as long as it is', async () => {
    const dir = await newDirectory();
    const { left, remembered } = leaving(dir);
    await put(dir, 'elsewhere/theirs.txt', 'theirs');
    await symlink('elsewhere', path.join(dir, 'a'));
    left.noteDirectory('a');
    await left.settle();
    expect(remembered()).toEqual(['left:a']);
    expect(await treeOf(path.join(dir, 'elsewhere'))).toEqual({ 'theirs.txt': 'theirs' });
  });
});

test('what the user had in a directory of ours keeps it until he takes it away; one of his own stays empty', async () => {
  const dir = await newDirectory();
  await withMirror(dir, ({ store }) => writePage(store, '1', { 'a/b/c.md': 'one' }));
  await put(dir, 'a/b/mine.txt', 'mine');
  await mkdir(path.join(dir, 'his'));
  await withMirror(dir, ({ store }) => writePage(store, '1', { 'd.md': 'one' }, 2));
  await withMirror(dir, () => Promise.resolve());
  expect(await treeOf(dir)).toMatchObject({ 'a/b/mine.txt': 'mine' });
  await rm(path.join(dir, 'a/b/mine.txt'));
  await withMirror(dir, () => Promise.resolve());
  expect(await treeOf(dir)).toEqual({ 'd.md': 'one', 'his/': '' });
});

describe('a file that was to go and was not there', () => {
  const written = async (dir: string, text: string) => {
    await put(dir, 'a/b/c.md', text);
    const folder = new Folder(dir);
    const stamp = { path: 'a/b/c.md', bytes: 3, hash: (await folder.hash('a/b/c.md')) ?? '' };
    await rm(path.join(dir, 'a'), { recursive: true });
    return stamp;
  };

  test('goes at the end of the run, with its directories, when it is there again', async () => {
    const dir = await newDirectory();
    const { left, remembered } = leaving(dir);
    left.noteFile(await written(dir, 'one'));
    await put(dir, 'a/b/c.md', 'one');
    await left.settle();
    expect([await treeOf(dir), remembered()]).toEqual([{}, []]);
  });

  test.each(['two', 'longer'])('stays when somebody has put another one there', async (text) => {
    const dir = await newDirectory();
    const { left } = leaving(dir);
    left.noteFile(await written(dir, 'one'));
    await put(dir, 'a/b/c.md', text);
    await left.settle();
    expect(await treeOf(dir)).toMatchObject({ 'a/b/c.md': text });
  });

  test('stays when it has become an item’s again', async () => {
    const dir = await newDirectory();
    const { files, left } = leaving(dir);
    const stamp = await written(dir, 'one');
    left.noteFile(stamp);
    await put(dir, 'a/b/c.md', 'one');
    await files.expect('page:2', stamp, undefined);
    await left.settle();
    expect(await treeOf(dir)).toMatchObject({ 'a/b/c.md': 'one' });
  });

  test.each([
    ['goes from the root of the mirror, too, which stays', 'a.md', 'a.md', 'away.md'],
    ['as its folder was away for a moment does not stay behind', 'a/b/c.md', 'a', 'away'],
  ])('%s', async (_, file, from, to) => {
    const dir = await newDirectory();
    const [here, away] = [path.join(dir, from), path.join(dir, to)];
    await withMirror(dir, ({ store }) => writePage(store, '1', { [file]: 'one' }));
    await withMirror(dir, async ({ store }) => {
      await rename(here, away);
      await writePage(store, '1', { 'd.md': 'one' }, 2);
      await rename(away, here);
    });
    expect(await treeOf(dir)).toEqual({ 'd.md': 'one' });
  });
});
