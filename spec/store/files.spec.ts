import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { makeDirectories, realFiles } from '../../lib/store/files.js';
import fs from 'fs-extra';
import { useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

test('makes a directory and those above it; several may do so at once', async () => {
  const deep = path.join(await folder(), 'a', 'b', 'c');
  await Promise.all([makeDirectories(deep), makeDirectories(deep), makeDirectories(path.dirname(deep))]);
  expect((await fs.stat(deep)).isDirectory()).toBe(true);
});

test('a file in the way is told', async () => {
  const file = path.join(await folder(), 'file');
  await fs.writeFile(file, '');
  await expect(makeDirectories(file)).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeDirectories(path.join(file, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('comes to an end where no directory can be made', async () => {
  await expect(makeDirectories('/proc/rxsync/mirror')).rejects.toThrow(/mkdir/);
});

test('a new file is never one that is there already, however it is written', async () => {
  const file = path.join(await folder(), 'a.md');
  await fs.writeFile(file, 'mine');
  await expect(realFiles.writeFile(file, 'ours')).rejects.toMatchObject({ code: 'EEXIST' });
  const opened = once(realFiles.createWriteStream(file), 'open');
  await expect(opened).rejects.toMatchObject({ code: 'EEXIST' });
  expect(await fs.readFile(file, 'utf8')).toBe('mine');
});

test('a directory that is there is as good as a new one; a file or a link in its place is not', async () => {
  const dir = await folder();
  await fs.mkdir(path.join(dir, 'a'));
  await realFiles.mkdir(path.join(dir, 'a'));
  await fs.writeFile(path.join(dir, 'file'), '');
  await fs.symlink('a', path.join(dir, 'link'));
  for (const name of ['file', 'link'])
    await expect(realFiles.mkdir(path.join(dir, name))).rejects.toMatchObject({ code: 'EEXIST' });
});

test('what a power cut must not take is synced as a file, not through a link', async () => {
  const dir = await folder();
  const file = path.join(dir, 'a.md');
  await fs.writeFile(file, 'one');
  await fs.symlink('a.md', path.join(dir, 'link'));
  await realFiles.sync(file);
  await expect(realFiles.sync(path.join(dir, 'link'))).rejects.toMatchObject({ code: 'ELOOP' });
  await expect(realFiles.sync(path.join(dir, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await fs.readFile(file, 'utf8')).toBe('one');
});
