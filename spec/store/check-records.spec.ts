import { execFileSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { mkdir, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ItemRecord } from '../../lib/core/records.js';
import { hashOf, isSoundAtSight, isTouched, soundnessOf } from '../../lib/store/check-records.js';
import { hashText } from '../../lib/store/hash-text.js';
import { MirrorDirectory } from '../../lib/store/mirror-directory.js';
import { put } from './support/mirror.js';
import { storeFolder } from './support/store-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const FUTURE = { byHash: false, sinceMs: Date.now() * 2 };

const mirror = async () => {
  const dir = await newDirectory();
  const directory = new MirrorDirectory(await storeFolder(dir));
  return { dir, mirror: { directory, looks: directory.looks() } };
};

const page = (files: Readonly<Record<string, string>>, more: Partial<ItemRecord> = {}): ItemRecord => ({
  kind: 'page',
  id: '1',
  version: 1,
  fingerprint: 'f',
  files: Object.entries(files).map(([file, text]) => ({
    path: file,
    bytes: Buffer.byteLength(text),
    hash: hashText(text),
  })),
  ...more,
});

test.each([
  ['both times before', 99, 99, false],
  ['changed at that time', 100, 99, true],
  ['put in its place at that time', 99, 100, true],
  ['changed later', 101, 99, true],
  ['put in its place later', 99, 101, true],
])('a file is touched since a time: %s', (_, mtimeMs, ctimeMs, is) => {
  const times = Object.assign(lstatSync('.'), { mtimeMs, ctimeMs });
  expect(isTouched(times, 100)).toBe(is);
});

test('the hash of a file is that of its content; what is no file of the mirror has none', async () => {
  const {
    dir,
    mirror: { directory },
  } = await mirror();
  await put(dir, 'a.md', 'one');
  await mkdir(path.join(dir, 'folder'));
  await symlink('folder', path.join(dir, 'link'));
  expect(await hashOf(directory, 'a.md')).toBe(hashText('one'));
  for (const none of ['nowhere', 'folder', 'link', 'link/a.md', 'n'.repeat(300)])
    expect(await hashOf(directory, none)).toBeUndefined();
  await expect(hashOf(directory, '../a.md')).rejects.toThrow('is no path within a mirror');
});

describe('the files of a record are', () => {
  test('sound by their sizes where there is no doubt', async () => {
    const { dir, mirror: at } = await mirror();
    await put(dir, 'a.md', 'one');
    expect(await soundnessOf(at, page({ 'a.md': 'one' }), FUTURE)).toBe('sound');
    expect(await soundnessOf(at, page({ 'a.md': 'two' }), FUTURE)).toBe('sound');
    expect(await soundnessOf(at, page({ 'a.md': 'longer' }), FUTURE)).toBe('gone');
  });

  test('looked into where there is doubt of all, or they were touched since', async () => {
    const { dir, mirror: at } = await mirror();
    await put(dir, 'a.md', 'one');
    const { ctimeMs } = await stat(path.join(dir, 'a.md'));
    for (const doubt of [
      { ...FUTURE, byHash: true },
      { byHash: false, sinceMs: ctimeMs },
    ]) {
      expect(await soundnessOf(at, page({ 'a.md': 'one' }), doubt)).toBe('sound');
      expect(await soundnessOf(at, page({ 'a.md': 'two' }), doubt)).toBe('changed');
    }
  });

  test('sound at sight only where their content is not in doubt', async () => {
    const { dir, mirror: at } = await mirror();
    await put(dir, 'a.md', 'one');
    await mkdir(path.join(dir, 'docs'));
    await symlink('docs', path.join(dir, 'link'));
    const folder = (directory: string): ItemRecord => page({}, { kind: 'folder', directory });
    const looks: [ItemRecord, boolean][] = [
      [page({ 'a.md': 'one' }), true],
      [page({ 'a.md': 'two' }), true],
      [page({ 'a.md': 'longer' }), false],
      [page({ 'a.md': 'one', 'b.md': 'two' }), false],
      [page({ 'link/a.md': 'one' }), false],
      [page({}), true],
      [folder('docs'), true],
      [folder('gone'), false],
    ];
    for (const [record, isSound] of looks) expect(isSoundAtSight(at, record, FUTURE)).toBe(isSound);
    for (const doubt of [
      { ...FUTURE, byHash: true },
      { byHash: false, sinceMs: 0 },
    ])
      expect(isSoundAtSight(at, page({ 'a.md': 'one' }), doubt)).toBe(false);
    expect(() => isSoundAtSight(at, page({ '../a.md': 'one' }), FUTURE)).toThrow('no path within');
  });

  test('as the first of them that is not sound', async () => {
    const { dir, mirror: at } = await mirror();
    await put(dir, 'a.md', 'one');
    const doubt = { byHash: true, sinceMs: 0 };
    expect(await soundnessOf(at, page({}), doubt)).toBe('sound');
    expect(await soundnessOf(at, page({ 'a.md': 'one', 'b.md': 'two' }), doubt)).toBe('gone');
    expect(await soundnessOf(at, page({ 'a.md': 'two', 'b.md': 'two' }), doubt)).toBe('changed');
  });

  test('gone where something else stands in their place, or nobody may look', async () => {
    const { dir, mirror: at } = await mirror();
    await mkdir(path.join(dir, 'folder'));
    await symlink('folder', path.join(dir, 'link'));
    execFileSync('mkfifo', [path.join(dir, 'fifo')]);
    await put(dir, 'folder/a.md', 'one');
    for (const gone of ['folder', 'link', 'fifo', 'link/a.md', 'n'.repeat(300)])
      expect(await soundnessOf(at, page({ [gone]: 'one' }), FUTURE)).toBe('gone');
    await expect(soundnessOf(at, page({ '../a.md': 'one' }), FUTURE)).rejects.toThrow('no path within');
  });

  test('a directory, for a folder', async () => {
    const { dir, mirror: at } = await mirror();
    await mkdir(path.join(dir, 'docs'));
    const folder = (directory: string): ItemRecord => page({}, { kind: 'folder', directory });
    expect(await soundnessOf(at, folder('docs'), FUTURE)).toBe('sound');
    expect(await soundnessOf(at, folder('gone'), FUTURE)).toBe('gone');
  });
});
