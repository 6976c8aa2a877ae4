import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printable } from '../../lib/core/printable.js';

test.each([
  ['plain text, ünïcödé, 漢字, 👩‍💻', 'plain text, ünïcödé, 漢字, 👩‍💻'],
  ['\u001b[31mred\u0007', '\\u{1b}[31mred\\u{7}'],
  ['two\r\nlines\ttab', 'two\\u{d}\\u{a}lines\\u{9}tab'],
  ['\u007f\u009b2J', '\\u{7f}\\u{9b}2J'],
  ['\u202eexe.txt\u202c', '\\u{202e}exe.txt\\u{202c}'],
  ['\u2066a\u2069\u200f\u061c', '\\u{2066}a\\u{2069}\\u{200f}\\u{61c}'],
  ['a\u2028b\u2029', 'a\\u{2028}b\\u{2029}'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('never lets a control character through, and is stable', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = printable(text);
      expect(shown).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
      expect(printable(shown)).toBe(shown);
    }),
  );
});
