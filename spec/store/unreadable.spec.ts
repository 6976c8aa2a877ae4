import path from 'node:path';
import { expect, test } from '@jest/globals';
import { Folder } from '../../lib/store/folder.js';
import type { PinDirectory } from '../../lib/store/pin-directory.js';
import { storeFailure } from '../../lib/store/store-failure.js';
import { asUnreadable, reading, Unreadable } from '../../lib/store/unreadable.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

const refusal = (code: string) => Object.assign(new Error(code), { code, syscall: 'open' });

test.each(['EACCES', 'EPERM'])(
  'what nobody may read (%s) is told with its path, and that it is to be read',
  (code) => {
    const cause = asUnreadable('/mirror/.rxsync/store-1', refusal(code));
    expect(storeFailure('The mirrors in "mirror" cannot be read', cause)).toMatchObject({
      code: 'store',
      message: `The mirrors in "mirror" cannot be read: ${code} at "/mirror/.rxsync/store-1".`,
      hint: 'Check that you may read it, and enter the folders that it is in.',
      cause,
    });
  },
);

test('whatever else goes wrong passes as it is, and the path that was told first stays', () => {
  const first = asUnreadable('/a/b', refusal('EACCES'));
  for (const error of [
    first,
    refusal('ENOENT'),
    new Error('no'),
    Object.assign(new Error('no'), { code: 'EACCES' }),
    'no',
  ])
    expect(asUnreadable('/a', error)).toBe(error);
  expect(reading('/a', () => 7)).toBe(7);
});

/** A directory that can be opened, and in which nothing may be looked at. */
const denied: PinDirectory = () => ({
  at: () => {
    throw refusal('EACCES');
  },
  release: () => undefined,
});

test('a folder names what it may not read', async () => {
  const folder = new Folder(await newDirectory(), { pin: denied });
  const error = expect.objectContaining({ code: 'EACCES', path: path.join(folder.root, 'a/b') });
  expect(() => folder.stat('a/b')).toThrow(Unreadable);
  expect(() => folder.stat('a/b')).toThrow(error);
  expect(() => folder.list('a/b')).toThrow(error);
  expect(() => folder.readHead('a/b', 1)).toThrow(error);
  await expect(folder.read('a/b')).rejects.toEqual(error);
});
