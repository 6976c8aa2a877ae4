import { expect, test } from '@jest/globals';
import type { BodyFormat } from '../../lib/core/content.js';
import { isEmptyBody } from '../../lib/core/empty-body.js';

const doc = (...content: unknown[]): string => JSON.stringify({ type: 'doc', version: 1, content });
const paragraph = (...content: unknown[]) => ({ type: 'paragraph', content });

test.each<[BodyFormat, string, boolean]>([
  ['markdown', '', true],
  ['markdown', ' \n', true],
  ['markdown', '<p />', false],
  ['storage', '', true],
  ['storage', '<p>x</p>', false],
  ['view', '', true],
  ['view', '{"type":"doc"}', false],
  ['adf', '', true],
  ['adf', '{"type":"doc"}', true],
  ['adf', doc(), true],
  ['adf', doc({ type: 'paragraph' }, paragraph()), true],
  ['adf', doc(paragraph({ type: 'text', text: 'x' })), false],
  ['adf', doc(paragraph(), { type: 'rule' }), false],
  ['adf', doc({ type: 'mediaSingle', content: [] }), false],
  ['adf', doc(null), false],
  ['adf', 'null', false],
  ['adf', '{"type":', false],
])('of the format %s, %j is empty: %s', (format, body, expected) => {
  expect(isEmptyBody(body, format)).toBe(expected);
});

test('nesting without end is no harm', () => {
  const depth = 100_000;
  const nested = (inner: string): string =>
    `${'{"type":"paragraph","content":['.repeat(depth)}${inner}${']}'.repeat(depth)}`;
  expect(isEmptyBody(nested(''), 'adf')).toBe(true);
  expect(isEmptyBody(nested('{"type":"text","text":"x"}'), 'adf')).toBe(false);
});
