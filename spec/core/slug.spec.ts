import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_SLUG_BYTES, slugify } from '../../lib/core/slug.js';
import { utf8Length } from '../../lib/core/utf8.js';

test.each([
  ['Getting started', 'getting-started'],
  ['  A -- B!  ', 'a-b'],
  ['Release 2.0 (final)', 'release-2-0-final'],
  ['snake_case', 'snake-case'],
  ['../../etc/passwd', 'etc-passwd'],
  ['..', ''],
  ['.rxsync', 'rxsync'],
  ['C:\\temp', 'c-temp'],
  ['a\u0000b\nc', 'a-b-c'],
  ['\u001b[31mred\u001b[0m', '31mred-0m'],
  ['Übersicht', 'übersicht'],
  ['U\u0308bersicht', 'übersicht'],
  ['İstanbul', 'i\u0307stanbul'],
  ['हिन्दी पृष्ठ', 'हिन्दी-पृष्ठ'],
  ['日本語 ページ', '日本語-ページ'],
  ['مرحبا بالعالم', 'مرحبا-بالعالم'],
  ['\u200f\u202eabc', 'abc'],
  ['🚀🎉', ''],
  ['❤️', ''],
  ['🚀 Launch', 'launch'],
  ['\u3164', ''],
  ['\u0301lone mark', 'lone-mark'],
  ['葛\u{e0100}飾', '葛飾'],
  ['\ud800x', 'x'],
  ['', ''],
])('%p becomes %p', (title, slug) => {
  expect(slugify(title)).toBe(slug);
});

test.each([
  ['a'.repeat(200), 'a'.repeat(MAX_SLUG_BYTES)],
  ['ü'.repeat(100), 'ü'.repeat(40)],
  ['語'.repeat(100), '語'.repeat(26)],
  [`${'a'.repeat(79)} b`, 'a'.repeat(79)],
])('a long title is cut at a character, without a dash at its end', (title, slug) => {
  expect(slugify(title)).toBe(slug);
});

test('a slug is a safe, normal, short name, and its own slug', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (title) => {
      const slug = slugify(title);
      expect(slug).toMatch(/^(?:[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:-[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*)?$/u);
      expect(slug).toBe(slug.normalize('NFC'));
      expect(utf8Length(slug)).toBeLessThanOrEqual(MAX_SLUG_BYTES);
      expect(slugify(slug)).toBe(slug);
      expect(slugify(title.normalize('NFD'))).toBe(slug);
    }),
    { numRuns: 500 },
  );
});
