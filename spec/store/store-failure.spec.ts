import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { MirrorLockedError } from '../../lib/errors/mirror-locked-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { RefusedByLevel } from '../../lib/store/level-error.js';
import { storeFailure, systemCode, withStoreFailure } from '../../lib/store/store-failure.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** The error that Node raises when the system refuses a call. */
const refusal = (code: string) => Object.assign(new Error(code), { code, syscall: 'open' });
const levelError = (code: string) => Object.assign(new Error('of LevelDB'), { code });

test.each([
  ['ENOSPC', 'Free some space on the disk (or some of its inodes, see df -i) and pull again'],
  ['ELOOP', 'Symbolic links lead in a circle there.'],
  ['EDQUOT', 'Your disk quota is used up.'],
  ['EACCES', 'Check that you may write to the folder and its files.'],
  ['EPERM', 'Check that you may write to the folder and its files.'],
  ['EMFILE', 'Too many files are open at once. Raise the limit (ulimit -n) and try again.'],
  ['ENFILE', 'Too many files are open on this machine at once.'],
  ['EROFS', 'The file system is read-only. Choose another folder.'],
  ['ENOENT', 'Check that the folder may be made there'],
  ['ENOTDIR', 'A file stands where a folder must be.'],
  ['EEXIST', 'A file stands where a folder must be.'],
  ['ENAMETOOLONG', 'The path of the folder is too long'],
])('what the system refuses by %s says what could not be done, why, and what to do', (code, hint) => {
  const cause = refusal(code);
  const failure = storeFailure('It cannot be read', cause);
  expect(failure).toBeInstanceOf(StoreError);
  expect(failure).toMatchObject({
    message: `It cannot be read: ${code}.`,
    hint: expect.stringContaining(hint),
    cause,
  });
});

test('a code that nobody knows is told without advice', () => {
  expect(storeFailure('It cannot be read', refusal('EODD'))).toMatchObject({
    message: 'It cannot be read: EODD.',
    hint: undefined,
  });
});

test('databases that another process has open are told from those that do not work', () => {
  const inner = new Error('not open', { cause: levelError('LEVEL_LOCKED') });
  expect(storeFailure('It cannot be read', inner)).toMatchObject({
    code: 'store',
    message: 'It cannot be read: another process has its records open.',
    hint: 'Wait until it has ended. If there is none, see who else has .rxsync open.',
    cause: inner,
  });
  expect(storeFailure('It cannot be read', levelError('LEVEL_IO_ERROR'))).toMatchObject({
    code: 'store',
    message: 'It cannot be read: its records cannot be used (LEVEL_IO_ERROR).',
    hint: expect.stringContaining('Check that the disk has space and works'),
    cause: levelError('LEVEL_IO_ERROR'),
  });
});

test('why a database could not be written is told where that was found out', () => {
  const inner = new RefusedByLevel(levelError('LEVEL_IO_ERROR'), 'ENOSPC');
  expect(storeFailure('It cannot be written', inner)).toMatchObject({
    message: 'It cannot be written: its records cannot be used (ENOSPC).',
    hint: expect.stringContaining('Free some space on the disk'),
    cause: inner,
  });
  expect(storeFailure('It cannot be written', new RefusedByLevel(inner, 'EODD'))).toMatchObject({
    message: 'It cannot be written: its records cannot be used (EODD).',
    hint: expect.stringContaining('Check that the disk has space and works'),
  });
});

test.each<[string, unknown]>([
  ['an error of rxsync', new MirrorLockedError('locked')],
  ['an error of the system that rxsync has told already', Object.assign(new StoreError('x'), refusal('EIO'))],
  [
    'an error with a code that comes from no call of the system',
    Object.assign(new Error('x'), { code: 'E' }),
  ],
  ['a mistake of the program', new TypeError('x is no function')],
  ['what is no error', 'text'],
  ['an object with a code', { code: 'ENOENT', syscall: 'open' }],
])('%s passes as it is', async (_, error) => {
  expect(storeFailure('It cannot be read', error)).toBe(error);
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever is thrown passes
  await expect(withStoreFailure('It cannot be read', () => Promise.reject(error))).rejects.toBe(error);
});

test('work that succeeds gives what it gives; that of the system fails as a StoreError', async () => {
  expect(await withStoreFailure('It cannot be removed', () => Promise.resolve(3))).toBe(3);
  const nowhere = path.join(await newDirectory(), 'nowhere');
  await expect(withStoreFailure('It cannot be removed', () => rm(nowhere))).rejects.toThrow(
    'It cannot be removed: ENOENT.',
  );
});

test.each<[unknown, string | undefined]>([
  [refusal('ENOENT'), 'ENOENT'],
  [new Error('without'), undefined],
  [Object.assign(new Error('a number'), { code: 7 }), undefined],
  [{ code: 'ENOENT' }, undefined],
  [undefined, undefined],
])('the code of %p is %p', (error, code) => {
  expect(systemCode(error)).toBe(code);
});
