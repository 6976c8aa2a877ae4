import { execFileSync } from 'node:child_process';
import { constants, lstatSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { RefusedFileError } from '../../lib/errors/refused-file-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { SymbolicLinkError } from '../../lib/errors/symbolic-link-error.js';
import { kindOf, noFile, noFolder } from '../../lib/store/in-the-way.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** One of each kind, by what it is called. */
const planted = async () => {
  const dir = await newDirectory();
  const at = (name: string): string => path.join(dir, name);
  await writeFile(at('a file'), '');
  await mkdir(at('a folder'));
  await symlink('a folder', at('a symbolic link'));
  execFileSync('mkfifo', [at('a FIFO')]);
  const server = createServer();
  await new Promise<void>((done) => server.listen(at('a socket'), done));
  const stats = ['a file', 'a folder', 'a symbolic link', 'a FIFO', 'a socket'].map((name) => ({
    name,
    stat: lstatSync(at(name)),
  }));
  await new Promise((done) => server.close(done));
  return [...stats, { name: 'a device', stat: lstatSync('/dev/null') }];
};

test('what stands at a path is named, a link as such', async () => {
  for (const { name, stat } of await planted()) expect(kindOf(stat)).toBe(name);
});

test('a block device is a device', () => {
  expect(kindOf(Object.assign(lstatSync('.'), { mode: constants.S_IFBLK }))).toBe('a device');
});

test('in the place of one of rxsync’s own files it ends the run, and says how to go on', async () => {
  for (const { name, stat } of await planted()) {
    const folder = noFolder('.rxsync/tmp', stat);
    const file = noFile('.RXSYNC/lock', stat);
    expect([folder, file]).toEqual([expect.any(StoreError), expect.any(StoreError)]);
    expect(folder.message).toBe(`".rxsync/tmp" is ${name} where rxsync keeps a folder of its own.`);
    expect(file.message).toBe(`".RXSYNC/lock" is ${name} where rxsync keeps a file of its own.`);
    expect(folder.hint).toBe(
      'Look at what it is, move ".rxsync/tmp" away and try again: what rxsync needs it makes anew.',
    );
  }
});

test('in the mirror it fails the item, and says what to do', async () => {
  for (const { name, stat } of await planted()) {
    const folder = noFolder('docs', stat);
    const file = noFile('docs/a.md', stat);
    expect(file).toBeInstanceOf(RefusedFileError);
    expect(file.message).toBe(`"docs/a.md" is ${name}, no file.`);
    expect(file.hint).toBe('Move it away and pull again.');
    expect(folder).toMatchObject({ path: 'docs' });
    expect(folder instanceof SymbolicLinkError).toBe(name === 'a symbolic link');
    if (folder instanceof SymbolicLinkError) continue;
    expect(folder.message).toBe(`"docs" is ${name} where the mirror needs a folder.`);
    expect(folder.hint).toBe('Move it away and pull again.');
  }
});
