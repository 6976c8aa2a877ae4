import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { type PinDirectory, pinByName } from '../../lib/store/pin-directory.js';
import { RecentPins } from '../../lib/store/recent-pins.js';
import { Folder } from '../../lib/store/folder.js';
import { treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** Pins that count how often directories are opened and let go. */
const counting = (isCurrent: (relative: string) => boolean = () => true) => {
  const opened: string[] = [];
  const open = new Set<string>();
  const pin: PinDirectory = (_root, relative) => {
    const name = `${relative}#${opened.push(relative)}`;
    open.add(name);
    return {
      at: (entry) => `${name}/${entry}`,
      release: () => void open.delete(name),
      isCurrent: () => isCurrent(relative),
    };
  };
  return { opened, open, pins: new RecentPins(pin) };
};

test('a directory that is worked in again is not opened again', () => {
  const { opened, open, pins } = counting();
  for (const relative of ['a', 'b', 'a']) pins.pin('', relative).release();
  expect(opened).toEqual(['a', 'b']);
  pins.release();
  expect([...open]).toEqual([]);
});

test('one that is not at its path any more is let go and opened anew', () => {
  let moved = false;
  const { opened, open, pins } = counting(() => !moved);
  pins.pin('', 'a').release();
  moved = true;
  expect(pins.pin('', 'a').at('x')).toBe('a#2/x');
  expect(opened).toEqual(['a', 'a']);
  expect([...open]).toEqual(['a#2']);
});

test('one that is in use stays open until its last user has done', () => {
  const { open, pins } = counting();
  const users = [pins.pin('', 'a'), pins.pin('', 'a')];
  for (let i = 0; i < 1000; i += 1) pins.pin('', `b${i}`).release();
  expect(open.has('a#1')).toBe(true);
  pins.release();
  expect([...open]).toEqual(['a#1']);
  for (const { release } of users) release();
  expect([...open]).toEqual([]);
});

test('how many are open does not grow with the mirror', () => {
  const { open, pins } = counting();
  for (let i = 0; i < 10_000; i += 1) pins.pin('', `d${i}`).release();
  expect(open.size).toBeLessThan(200);
});

test('where only a new look tells whether a directory is the same, each time is a new look', async () => {
  const root = await newDirectory();
  await mkdir(path.join(root, 'a'));
  const { pin } = new RecentPins(pinByName);
  const first = pin(root, 'a');
  await rename(path.join(root, 'a'), path.join(root, 'b'));
  await mkdir(path.join(root, 'a'));
  expect(() => first.release()).toThrow('was replaced');
  expect(() => pin(root, 'a').release()).not.toThrow();
});

test('a folder that keeps directories open works where its paths lead by now', async () => {
  const root = await newDirectory();
  const folder = new Folder(root, { keepsOpen: true });
  for (const each of ['a', 'b']) await folder.makeDirectory(each);
  await folder.create('a/1', '');
  await rename(path.join(root, 'a'), path.join(root, 'c'));
  await expect(folder.create('a/2', '')).rejects.toMatchObject({ code: 'ENOENT' });
  await rename(path.join(root, 'b'), path.join(root, 'a'));
  await folder.create('a/3', '');
  await rm(path.join(root, 'a'), { recursive: true });
  await mkdir(path.join(root, 'a'));
  await writeFile(path.join(root, 'a/4'), '');
  expect(folder.list('a').map(({ name }) => name)).toEqual(['4']);
  folder.release();
  await folder.create('a/5', '');
  expect(await treeOf(root)).toEqual({ 'a/': '', 'a/4': '', 'a/5': '', 'c/': '', 'c/1': '' });
  folder.release();
});
