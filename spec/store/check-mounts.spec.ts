import { readdir, realpath, rename } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { checkMounts } from '../../lib/store/check-mounts.js';
import { realFiles } from '../../lib/store/files.js';
import { Folder } from '../../lib/store/folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** A mirror in which something is mounted at that directory. */
const mounted = async (directory: string): Promise<Folder> => {
  const root = await newDirectory();
  for (const each of ['', '/tmp', '/store-1', '/store-1/records', '/store-1/files', '/store-2'])
    await realFiles.mkdir(`${root}/.rxsync${each}`);
  /** Directories are reached by their handles. */
  const within = async (location: string): Promise<boolean> =>
    `${await realpath(path.dirname(location))}/`.startsWith(`${root}/${directory}/`);
  return new Folder(root, {
    files: {
      ...realFiles,
      rename: async (from, to) => {
        if ((await within(from)) === (await within(to))) return rename(from, to);
        throw Object.assign(new Error('mounted'), { code: 'EXDEV', syscall: 'rename' });
      },
    },
  });
};

test.each(['.rxsync', '.rxsync/tmp', '.rxsync/store-1', '.rxsync/store-1/files', '.rxsync/store-2'])(
  'what is mounted at %s is named',
  async (directory) => {
    await expect(checkMounts(await mounted(directory))).rejects.toMatchObject({
      message: expect.stringContaining(`"${directory}" is on another file system than the mirror around it`),
      hint: expect.stringContaining('Unmount it'),
    });
  },
);

test('where nothing is mounted nothing is said, and nothing is left behind', async () => {
  const folder = await mounted('nothing');
  await checkMounts(folder);
  expect(await readdir(folder.root)).toEqual(['.rxsync']);
  expect(await readdir(`${folder.root}/.rxsync/tmp`)).toEqual([]);
});
