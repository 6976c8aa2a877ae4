import { expect, test } from '@jest/globals';
import { RefusedFileError } from '../../lib/errors/refused-file-error.js';
import { refusalOf, withRefusal, withRefusalSync } from '../../lib/store/refusal.js';

/** The error that Node raises when the system refuses a call. */
const refusal = (code: string) => Object.assign(new Error(code), { code, syscall: 'open' });

test.each([
  ['EACCES', 'Check that you may change it and the folder that it is in'],
  ['EPERM', 'Check that you may change it and the folder that it is in'],
  ['EBUSY', 'Another program has it open, or a file system is mounted there.'],
  ['ETXTBSY', 'Another program has it open, or a file system is mounted there.'],
  ['EROFS', 'The file system that is mounted there is read-only.'],
  ['EXDEV', 'Another file system is mounted there.'],
  ['ENAMETOOLONG', 'The file system takes no name that long.'],
  ['EFBIG', 'The file system takes no file that large.'],
  ['EODD', 'Look at what stands there, move it away, and pull again.'],
])('what the system refuses of one path by %s fails that one, and says what to do', async (code, hint) => {
  const cause = refusal(code);
  const told = {
    path: 'docs/a.md',
    message: `"docs/a.md" cannot be written: ${code}.`,
    hint: expect.stringContaining(hint),
    cause,
  };
  const error = refusalOf('docs/a.md', 'written', cause);
  expect(error).toBeInstanceOf(RefusedFileError);
  expect(error).toMatchObject(told);
  await expect(withRefusal('docs/a.md', 'written', () => Promise.reject(cause))).rejects.toMatchObject(told);
  const atOnce = (): never => {
    throw cause;
  };
  expect(() => withRefusalSync('docs/a.md', 'written', atOnce)).toThrow(told.message);
});

test.each(['ENOSPC', 'EDQUOT', 'EIO', 'ENOMEM', 'EMFILE', 'ENFILE'])(
  '%s concerns more than one path, and passes',
  (code) => {
    const error = refusal(code);
    expect(refusalOf('docs/a.md', 'written', error)).toBe(error);
  },
);

test.each<[string, unknown]>([
  [
    'an error with a code that comes from no call of the system',
    Object.assign(new Error('x'), { code: 'E' }),
  ],
  ['a mistake of the program', new TypeError('x is no function')],
  ['an object with a code', { code: 'EACCES', syscall: 'open' }],
])('%s passes as it is', (_, error) => {
  expect(refusalOf('docs/a.md', 'written', error)).toBe(error);
});

test('work that is not refused gives what it gives', async () => {
  expect(await withRefusal('docs/a.md', 'written', () => Promise.resolve(3))).toBe(3);
  expect(withRefusalSync('docs/a.md', 'written', () => 3)).toBe(3);
});
