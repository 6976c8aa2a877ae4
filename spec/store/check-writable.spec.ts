import { expect, test } from '@jest/globals';
import { checkWritable } from '../../lib/store/check-writable.js';
import { Folder } from '../../lib/store/folder.js';
import { openMirror } from '../../lib/store/open-mirror.js';
import { probeFolder } from '../../lib/store/probe-folder.js';
import { failingFiles } from './support/failing-files.js';
import { withMirror } from './support/mirror.js';
import { filesOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

const PLACES = [
  '.rxsync',
  '.rxsync/tmp',
  '.rxsync/store-1',
  '.rxsync/store-1/records',
  '.rxsync/store-1/files',
  '.rxsync/store-1/records/LOCK',
  '.rxsync/store-1/files/LOCK',
];

const refusing = (at: number) => failingFiles({ operation: 'checkWritable', at, code: 'EACCES' });

test.each(PLACES.map((place, i) => [place, i + 1] as const))(
  '%s of a user who let nobody else write is named, by a pull and by what looks beforehand; nothing is changed',
  async (place, at) => {
    const dir = await newDirectory();
    await withMirror(dir, () => Promise.resolve());
    const before = await filesOf(dir);
    const expected = {
      code: 'store',
      message: `"${place}" cannot be written: EACCES.`,
      hint: 'Check that you may write to the folder and its files.',
    };
    await expect(openMirror(dir, { files: refusing(at) })).rejects.toMatchObject(expected);
    await expect(probeFolder(dir, refusing(at))).rejects.toMatchObject(expected);
    expect(await filesOf(dir)).toEqual(before);
  },
);

test('what is not there yet needs no leave to write', async () => {
  const dir = await newDirectory();
  expect(() => checkWritable(new Folder(dir))).not.toThrow();
});
