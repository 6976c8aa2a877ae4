import { expect, test } from '@jest/globals';
import { isLocked, levelCode } from '../../lib/store/level-error.js';

const coded = (code: unknown, cause?: unknown) => Object.assign(new Error('of LevelDB', { cause }), { code });

test.each<[string, unknown, string | undefined]>([
  ['of LevelDB', coded('LEVEL_IO_ERROR'), 'LEVEL_IO_ERROR'],
  ['of the innermost cause', coded('LEVEL_DATABASE_NOT_OPEN', coded('LEVEL_LOCKED')), 'LEVEL_LOCKED'],
  ['of LevelDB, whatever the system says of it', coded('LEVEL_IO_ERROR', coded('ENOSPC')), 'LEVEL_IO_ERROR'],
  ['of the cause of an error without one', new Error('x', { cause: coded('LEVEL_LOCKED') }), 'LEVEL_LOCKED'],
  ['of the system', coded('ENOENT'), undefined],
  ['with its mark elsewhere', coded('NO_LEVEL_'), undefined],
  ['that is no text', coded(7), undefined],
  ['of no error', { code: 'LEVEL_LOCKED' }, undefined],
  ['of nothing', undefined, undefined],
])('the code %s', (_, error, code) => {
  expect(levelCode(error)).toBe(code);
});

test('only a database that another process has open is locked', () => {
  expect(isLocked(coded('LEVEL_LOCKED'))).toBe(true);
  expect(isLocked(coded('LEVEL_IO_ERROR'))).toBe(false);
  expect(isLocked(new Error('x'))).toBe(false);
});
