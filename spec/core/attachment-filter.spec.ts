import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { attachmentFilter, attachmentTypeRule, attachmentTypesOf } from '../../lib/core/attachment-filter.js';
import type { ListedAttachment } from '../../lib/core/content.js';

const file = (title: string, other: Partial<ListedAttachment> = {}): ListedAttachment => ({
  id: 'att1',
  pageId: '1',
  title,
  version: 1,
  sizeBytes: 100,
  mediaType: undefined,
  fileId: undefined,
  ...other,
});

const comes = (attachmentTypes: readonly string[], attachment: ListedAttachment): boolean =>
  attachmentFilter({ attachmentTypes: attachmentTypesOf(attachmentTypes) })?.(attachment) ?? true;

describe('by types', () => {
  test.each<[string, string, boolean]>([
    ['pdf', 'a.PDF', true],
    ['.PDF', 'a.pdf', true],
    ['pdf', 'a.pdf.txt', false],
    ['pdf', 'apdf', false],
    ['tar.gz', 'x.tar.gz', true],
    ['readme', 'README', true],
    ['*.{png,jpg}', 'a.jpg', true],
    ['report-*.pdf', 'Report-2026.pdf', true],
    ['report-*.pdf', 'a report-1.pdf', false],
    ['*.pdf', 'a/b:c.pdf', true],
    ['*.pdf', '.pdf', true],
    ['*.pdf', 'two\nlines.pdf', true],
    ['r?sum?.doc', 'Résumé.doc', true],
    ['résumé.doc', 're\u0301sume\u0301.doc', true],
    ['!zip', 'a.zip', false],
    ['!zip', 'a.txt', true],
    ['a(1).pdf', 'a(1).pdf', true],
  ])('%s and "%s": %s', (type, title, isWanted) => {
    expect(comes([type], file(title))).toBe(isWanted);
  });

  test.each<[string, string | undefined, boolean]>([
    ['image/*', 'image/png', true],
    ['IMAGE/*', 'image/svg+xml', true],
    ['image/*', 'application/pdf', false],
    ['image/*', undefined, false],
    ['text/plain', 'text/plain; charset=utf-8', true],
    ['*/*', 'text/plain', true],
    ['application/vnd.*', 'application/vnd.ms-excel', true],
    ['!video/*', 'video/mp4', false],
    ['!video/*', undefined, true],
  ])('%s and the media type %s: %s', (type, mediaType, isWanted) => {
    expect(comes([type], file('a', { mediaType }))).toBe(isWanted);
  });

  test('one of several suffices, and an exclusion has the last word, in any order', () => {
    const types = ['image/*', 'pdf', '!draft-*'];
    const names = ['a.pdf', 'draft-a.pdf', 'a.txt'];
    fc.assert(
      fc.property(fc.shuffledSubarray(types, { minLength: 3 }), (shuffled) => {
        expect(names.filter((name) => comes(shuffled, file(name)))).toEqual(['a.pdf']);
        expect(comes(shuffled, file('a.bin', { mediaType: 'image/gif' }))).toBe(true);
      }),
    );
  });

  test('any name is of the type of its end, and none of that and of its exclusion', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(comes(['pdf'], file(`${name}.pdf`))).toBe(true);
        expect(comes(['*.pdf'], file(`x${name}.pdf`))).toBe(true);
        expect(comes(['pdf', '!pdf'], file(`${name}.pdf`))).toBe(false);
      }),
    );
  });
});

test.each<[number | undefined, boolean]>([
  [99, true],
  [100, true],
  [101, false],
  [0, true],
  [undefined, true],
])('at most 100 bytes, and one that is said to have %s: %s', (sizeBytes, isWanted) => {
  expect(attachmentFilter({ attachmentMaxBytes: 100 })?.(file('a', { sizeBytes }))).toBe(isWanted);
});

test('both filters have to let it pass; without one there is no filter', () => {
  const both = attachmentFilter({ attachmentMaxBytes: 100, attachmentTypes: ['pdf'] });
  expect(
    [file('a.pdf'), file('a.txt'), file('a.pdf', { sizeBytes: 200 })].map((each) => both?.(each)),
  ).toEqual([true, false, false]);
  expect(attachmentFilter({})).toBeUndefined();
});

test('types have one form, each once', () => {
  expect(attachmentTypesOf(['PNG', ' .pdf', '!.Zip', 'png', 'image/*'])).toEqual([
    '!zip',
    'image/*',
    'pdf',
    'png',
  ]);
});

test.each<[string, RegExp]>([
  ['pdf', /^$/],
  ['image/*', /^$/],
  ['*/svg+xml', /^$/],
  ['!video/*', /^$/],
  ['', /name extensions/],
  ['!', /name extensions/],
  ['image', /second part \(image\/\*\)/],
  ['!video', /second part \(video\/\*\)/],
  ['report-[0-9]*.{pdf,{doc,docx}}', /^$/],
  ['a[]].pdf', /^$/],
  ['a\\[b\\{c.pdf', /^$/],
  ['[', /close each \[ and \{/],
  ['!a[b', /close each/],
  ['[]', /close each/],
  ['image/[', /close each/],
  ['{a', /close each/],
  ['*.{}', /close each/],
  ['*.{pdf}', /several to choose from/],
  ['\\', /no backslash/],
  ['a\\b', /no backslash/],
  ['imge/*', /media types that there are/],
  ['image/', /media types that there are/],
  ['a/b/c', /media types that there are/],
])('"%s" is wrong for: %s', (type, rule) => {
  expect(attachmentTypeRule(type) ?? '').toMatch(rule);
});
