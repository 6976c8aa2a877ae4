import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { parseCql } from '../../../lib/sandbox/cql/parse.js';

const clause = (field: string, operator: string, ...texts: readonly string[]) => ({
  kind: 'clause',
  field,
  operator,
  values: texts.map((text) => ({ text })),
});

describe('parseCql', () => {
  test.each([
    ['type = page', clause('type', '=', 'page')],
    ['type=page', clause('type', '=', 'page')],
    ['Type != "blogpost"', clause('type', '!=', 'blogpost')],
    ["title = 'single'", clause('title', '=', 'single')],
    ['title ~ "a \\"quoted\\" \\\\ word"', clause('title', '~', 'a "quoted" \\ word')],
    ['title !~ word', clause('title', '!~', 'word')],
    ['id in (1, 2,3)', clause('id', 'in', '1', '2', '3')],
    ['label not in ("a b", c)', clause('label', 'not in', 'a b', 'c')],
    ['created >= "2026-01-01 10:00"', clause('created', '>=', '2026-01-01 10:00')],
    ['space = "and"', clause('space', '=', 'and')],
  ])('%s', (cql, expected) => {
    expect(parseCql(cql).where).toEqual(expected);
  });

  test('reads a call', () => {
    expect(parseCql('lastmodified >= now("-15m")').where).toMatchObject({
      values: [{ call: 'now', text: '-15m' }],
    });
    expect(parseCql('lastmodified < now()').where).toMatchObject({ values: [{ call: 'now', text: '' }] });
  });

  test('"and" binds closer than "or", "not" closest, and parentheses win', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => clause('label', '=', name));
    expect(parseCql('label=a or label=b and not label=c').where).toEqual({
      kind: 'or',
      parts: [a, { kind: 'and', parts: [b, { kind: 'not', of: c }] }],
    });
    expect(parseCql('(label=a OR label=b) AND label=c').where).toEqual({
      kind: 'and',
      parts: [{ kind: 'or', parts: [a, b] }, c],
    });
  });

  test('reads the order', () => {
    expect(parseCql('type=page ORDER BY lastModified desc, title asc, created').orderBy).toEqual([
      { field: 'lastmodified', descending: true },
      { field: 'title', descending: false },
      { field: 'created', descending: false },
    ]);
  });

  test.each([
    '',
    'type',
    'type =',
    'type page',
    '= page',
    'type = page and',
    '(type = page',
    'type = page)',
    'id in ()',
    'id in (1',
    'type = "page',
    'type = page order',
    'type = page order by',
    'now() = 1',
    'type == page',
    'space = ~sandbox',
    "title = 'it''",
  ])('refuses %s', (cql) => {
    expect(() => parseCql(cql)).toThrow('Could not parse cql');
  });

  test('any text survives being quoted', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const quoted = `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
        expect(parseCql(`title = ${quoted}`).where).toEqual(clause('title', '=', text));
      }),
    );
  });
});
