import { expect, test } from '@jest/globals';
import { wrapWords } from '../../../lib/cli/render/wrap-words.js';

test('a long line is broken between words, its rest two columns further in', () => {
  expect(wrapWords('one two three four', 10)).toBe('one two\n  three\n  four');
  expect(wrapWords('  one two three', 10)).toBe('  one two\n    three');
  expect(wrapWords('one two\nthree four five', 10)).toBe('one two\nthree four\n  five');
});

test('what fits stays as it is, with its columns, and so does everything where the width is not known', () => {
  expect(wrapWords('  pages      10', 15)).toBe('  pages      10');
  expect(wrapWords('one two three four', 0)).toBe('one two three four');
  expect(wrapWords('', 10)).toBe('');
});

test('colours take no room', () => {
  const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;
  expect(wrapWords(`${red('failed:')} one two`, 11)).toBe(`${red('failed:')} one\n  two`);
});

test('an address that is longer than a line stays whole', () => {
  expect(wrapWords('see https://example.atlassian.net now', 12)).toBe(
    'see\n  https://example.atlassian.net\n  now',
  );
});
