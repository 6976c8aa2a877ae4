import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutUtf8, utf8Length } from '../../lib/core/utf8.js';

const text = fc.string({ unit: 'binary' });

test('the length is that of the encoded text', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(utf8Length(value)).toBe(Buffer.byteLength(value));
    }),
  );
});

test.each([
  ['abc', 2, 'ab'],
  ['äöü', 3, 'ä'],
  ['a😀b', 4, 'a'],
  ['a😀b', 5, 'a😀'],
  ['abc', 0, ''],
  ['abc', -1, ''],
])('%p cut to %p bytes', (value, maxBytes, expected) => {
  expect(cutUtf8(value, maxBytes)).toBe(expected);
});

test('a cut is the longest start that fits', () => {
  fc.assert(
    fc.property(text, fc.nat(40), (value, maxBytes) => {
      const cut = cutUtf8(value, maxBytes);
      const next = /^./su.exec(value.slice(cut.length))?.[0] ?? '';
      expect(value.startsWith(cut)).toBe(true);
      expect(utf8Length(cut)).toBeLessThanOrEqual(maxBytes);
      expect(next === '' || utf8Length(cut + next) > maxBytes).toBe(true);
    }),
  );
});
