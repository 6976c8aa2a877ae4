import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Document, parse } from 'yaml';
import { simpleYaml } from '../../lib/core/simple-yaml.js';

const byLibrary = (record: object): string =>
  new Document(record, { schema: 'yaml-1.1', version: '1.1' }).toString({ lineWidth: 0 });

const LETTER = fc.constantFrom('a', 'Z', 'é', '字', '𝒜');
const ANY = fc.string({ unit: 'binary', maxLength: 20 });
/** Texts near the borders of what is simple. */
const NEAR = fc
  .array(
    fc.oneof(
      LETTER,
      fc.constantFrom(' ', ':', '#', '-', '"', "'", '\\', '\n', '\t', '\u00a0', '\u0085', '\u2028', '\ud800'),
      fc.constantFrom('yes', 'No', 'e3', 'E+5', '1', '.', ',', '&', '*', '!', '%', '@', '`', '{', ']', '😀'),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));
const WORD = fc.constantFrom(
  ...[
    'yes',
    'Yes',
    'y',
    'N',
    'on',
    'OFF',
    'null',
    'Null',
    'NULL',
    '~',
    '',
    'true',
    'e1',
    'E9',
    '1e3',
    '0x1f',
  ],
  ...[
    '12',
    '012',
    '1_000',
    '12:30',
    '2024-01-01',
    '2024-01-01T00:00:00.000Z',
    '=',
    '<<',
    '---',
    '...',
    '.nan',
  ],
);
const TEXT = fc.oneof(ANY, NEAR, WORD);

/** A text in each place where front matter has texts. */
const RECORD = fc.oneof(
  TEXT.map((title) => ({ title, version: 7 })),
  TEXT.map((label) => ({ labels: ['a', label] })),
  fc.tuple(TEXT, TEXT).map(([name, value]) => ({ properties: { [name]: value } })),
);

describe('simple YAML', () => {
  test('is what the library writes, or is left to it', () => {
    fc.assert(
      fc.property(RECORD, (record) => {
        const expected = byLibrary(record);
        expect(simpleYaml(record) ?? expected).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(['1.1', '1.2'] as const)('is read as the same texts, as YAML %s', (version) => {
    fc.assert(
      fc.property(RECORD, (record) => {
        const yaml = simpleYaml(record);
        fc.pre(yaml !== undefined);
        expect(parse(yaml, { version })).toEqual(record);
      }),
      { numRuns: 300, maxSkipsPerRun: 1000 },
    );
  });

  test.each([
    ['words', 'Getting started, step 2 (new)', 'Getting started, step 2 (new)'],
    ['an id', '0123', '"0123"'],
    ['a time', '2026-01-01T00:00:00.000Z', '"2026-01-01T00:00:00.000Z"'],
    ['an address', 'https://example.org/a#b?c=d&e', 'https://example.org/a#b?c=d&e'],
    ['a colon', 'Audit: why & how?', '"Audit: why & how?"'],
    ['a word that is no text', 'yes', '"yes"'],
    ['a number that begins with a letter', 'E5', '"E5"'],
    ['quotes', 'say: "x"', `'say: "x"'`],
    ['another alphabet', '测试 página', '测试 página'],
  ])('writes %s by itself', (_, title, scalar) => {
    expect(simpleYaml({ title })).toBe(`title: ${scalar}\n`);
  });

  test.each(['a\nb', 'a\\b', '- a', '', 'it: "both" \' kinds', 'a\u0000', '\ud800'])(
    'leaves %p to the library',
    (title) => expect(simpleYaml({ title })).toBeUndefined(),
  );
});
