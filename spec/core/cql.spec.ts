import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  containerCql,
  containersCql,
  cqlQuote,
  idsCql,
  inStableOrder,
  looseEnd,
  isNarrow,
  scopeCql,
  scopeText,
  typeCql,
} from '../../lib/core/cql.js';

test.each([
  ['plain', '"plain"'],
  ['say "hi"', '"say \\"hi\\""'],
  ['back\\slash', '"back\\\\slash"'],
  ['" or type=page or "', '"\\" or type=page or \\""'],
])('%p is quoted as %s', (text, literal) => {
  expect(cqlQuote(text)).toBe(literal);
});

test('no text ends its own literal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const inner = cqlQuote(text).slice(1, -1);
      expect(inner).toMatch(/^(?:[^"\\]|\\["\\])*$/);
      expect(inner.replace(/\\(["\\])/g, '$1')).toBe(text);
    }),
  );
});

test('a scope is narrow when anything narrows it', () => {
  expect([{}, { ancestor: ['1'] }, { label: 'a' }, { cql: 'x' }].map(isNarrow)).toEqual([
    false,
    true,
    true,
    true,
  ]);
});

test('the query of a scope: an ancestor is in its own scope, an expression stays one operand', () => {
  expect(scopeCql('~joe', {})).toBe('space="~joe" and type in (page,blogpost)');
  expect(scopeCql('DOC', { ancestor: ['7', '8'], label: 'a"b', cql: 'creator=me or id=1' })).toBe(
    'space="DOC" and type in (page,blogpost) and (ancestor in (7,8) or id in (7,8)) and label="a\\"b" and (creator=me or id=1)',
  );
});

test('the query of a type in a space, and on some pages', () => {
  expect(typeCql('DOC', 'folder')).toBe('space="DOC" and type=folder');
  expect(containerCql('attachment', ['1', '2'])).toBe('type=attachment and container in (1,2)');
});

test('the query of everything that may be a parent, and of some ids', () => {
  expect(containersCql('DOC')).toBe('space="DOC" and type in (folder,whiteboard,database,embed)');
  expect(idsCql(['1', '2'])).toBe('id in (1,2)');
});

test('an order that stays while it is walked comes last, after any condition of the user', () => {
  expect(inStableOrder(scopeCql('DOC', { cql: 'creator=me or id=1' }))).toMatch(
    / and \(creator=me or id=1\) order by created asc$/,
  );
});

test.each([
  ['type=page) or (space=X and type=page', 'a closing bracket without an opening one'],
  ['(type=page', 'an opening bracket without a closing one'],
  ['title="a', 'a quotation mark that is not closed'],
  ["title='a", 'a quotation mark that is not closed'],
  [String.raw`title="a\"`, 'a quotation mark that is not closed'],
  ['title=")" and (a=1 or (b=2))', undefined],
  [String.raw`title="a\") (" and label in ('(')`, undefined],
  ['label=x', undefined],
])('%s has %s', (cql, loose) => {
  expect(looseEnd(cql)).toBe(loose);
});

test('a scope in words', () => {
  expect(scopeText({})).toBe('');
  expect(scopeText({ label: 'red' })).toBe('with the label "red"');
  expect(scopeText({ ancestor: ['7', '8'], label: 'red', cql: 'creator=me' })).toBe(
    'below page 7 or 8 and with the label "red" and found by creator=me',
  );
});
