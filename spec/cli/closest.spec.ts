import { expect, test } from '@jest/globals';
import { closest } from '../../lib/cli/closest.js';

const FLAGS = ['space', 'comments', 'token-file', 'max-delete', 'label', 'labels'];

test.each([
  ['spaec', 'space'],
  ['spac', 'space'],
  ['SPACE', 'space'],
  ['coments', 'comments'],
  ['comment', 'comments'],
  ['maxdelete', 'max-delete'],
  ['lable', 'label'],
  ['token', 'token-file'],
])('%s was probably meant to be %s', (word, meant) => {
  expect(closest(word, FLAGS)).toBe(meant);
});

test.each(['', 'x', 'verbose', 'to'])('"%s" is near to none', (word) => {
  expect(closest(word, FLAGS)).toBeUndefined();
});
