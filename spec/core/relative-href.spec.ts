import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { relativeHref } from '../../lib/core/relative-href.js';

test.each([
  ['a.md', 'b.md', 'b.md'],
  ['a.md', 'a.md', 'a.md'],
  ['x/a.md', 'b.md', '../b.md'],
  ['a.md', 'x/b.md', 'x/b.md'],
  ['x/a.md', 'x/b.md', 'b.md'],
  ['x/y/a.md', 'x/z/b.md', '../z/b.md'],
  ['x/a.md', 'x/a/b.md', 'a/b.md'],
  ['x/a/b.md', 'x/a.md', '../a.md'],
  ['x/x/a.md', 'x/a.md', '../a.md'],
  ['a.md', 'a.attachments/50% (new) #1?.png', 'a.attachments/50%25%20%28new%29%20%231%3F.png'],
  ['a.md', 'Übersicht.md', '%C3%9Cbersicht.md'],
  ['a.md', "x:it's*.md", 'x%3Ait%27s%2A.md'],
])('from %p to %p', (from, to, href) => {
  expect(relativeHref(from, to)).toBe(href);
});

const segment = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 6 })
  .filter((text) => !/[/\p{Cs}]/u.test(text) && text !== '.' && text !== '..');
const path = fc
  .array(fc.oneof(fc.constantFrom('a', 'b'), segment), { minLength: 1, maxLength: 5 })
  .map((segments) => segments.join('/'));

test('a browser that follows the link arrives at the target', () => {
  const base = 'https://mirror.example/';
  const address = (file: string) => new URL(file.split('/').map(encodeURIComponent).join('/'), base);
  fc.assert(
    fc.property(path, path, (from, to) => {
      const { pathname } = new URL(relativeHref(from, to), address(from));
      expect(decodeURIComponent(pathname)).toBe(`/${to}`);
    }),
  );
});

test('nothing in a link has a meaning in Markdown or in an address', () => {
  fc.assert(
    fc.property(path, path, (from, to) => {
      expect(relativeHref(from, to)).toMatch(/^[\w.~%/-]+$/);
    }),
  );
});
