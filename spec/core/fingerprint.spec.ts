import { expect, test } from '@jest/globals';
import { type PageShape, pageFingerprint } from '../../lib/core/fingerprint.js';

const shape: PageShape = {
  page: { title: 'A', parentId: '1', labels: ['x', 'y'] },
  space: 'DOCS',
  base: 'a',
  format: 'markdown',
  author: 'Ann',
  links: ['l'],
};
const fingerprint = (more: Partial<PageShape> = {}) => pageFingerprint({ ...shape, ...more });

test.each<[string, Partial<PageShape>]>([
  ['title', { page: { ...shape.page, title: 'B' } }],
  ['parent', { page: { ...shape.page, parentId: undefined } }],
  ['labels', { page: { title: 'A', parentId: '1' } }],
  ['space key', { space: 'OPS' }],
  ['path', { base: 'b' }],
  ['format', { format: 'adf' }],
  ["author's name", { author: 'Bea' }],
  ['links', { links: ['l', 'm'] }],
])('another %s is another file', (_, more) => {
  expect(fingerprint(more)).not.toBe(fingerprint());
});

test('the order in which labels are listed does not matter', () => {
  expect(fingerprint({ page: { ...shape.page, labels: ['y', 'x'] } })).toBe(fingerprint());
});
