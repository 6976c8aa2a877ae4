import { expect, test } from '@jest/globals';
import { listOf } from '../../lib/cli/list-of.js';

test('repetition and commas are alike, and what is empty is none', () => {
  expect(listOf(['a, b', '', 'c,,'])).toEqual(['a', 'b', 'c']);
});

test('some commas do not part', () => {
  expect(listOf(['*.{png,jpg},pdf'], /,(?![^{}]*\})/)).toEqual(['*.{png,jpg}', 'pdf']);
});
