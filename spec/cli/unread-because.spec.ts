import { expect, test } from '@jest/globals';
import { unreadBecause } from '../../lib/cli/unread-because.js';

const failed = (code: string): Error => Object.assign(new Error('no'), { code, syscall: 'open' });

test.each([
  [failed('ENOENT'), ': it is not there'],
  [failed('EISDIR'), ': it is a folder'],
  [failed('EACCES'), ': its permissions are against it'],
  [failed('ENXIO'), ' (ENXIO)'],
  [new Error('no'), ' (for no known reason)'],
])('of %j it says "%s"', (cause, words) => {
  expect(unreadBecause(cause)).toBe(words);
});
