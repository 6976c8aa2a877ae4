import { expect, test } from '@jest/globals';
import { OptionsError } from '../../lib/errors/options-error.js';

test.each([
  [['A', 'B'], '["A", "B"]'],
  [['A', ['B', 4]], '["A", ["B", 4]]'],
  [new URL('https://ada:secret@wiki.example'), 'an object'],
  [{ token: 'secret' }, 'an object'],
  [() => 'secret', 'a function'],
  [null, 'null'],
  ['', '""'],
  [Number.NaN, 'NaN'],
])('a value is told as a program would write it, without secrets: %p', (value, written) => {
  const { message } = new OptionsError('label', value, 'be the name of a label');
  expect(message).toBe(`Option label must be the name of a label, but is ${written}.`);
});

test('of an address in a list the secret is not told', () => {
  const { message } = new OptionsError('space', ['https://ada:secret@wiki.example'], 'be a key');
  expect(message).toContain('wiki.example');
  expect(message).not.toContain('secret');
});
