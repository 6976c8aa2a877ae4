import { expect, test } from '@jest/globals';
import { type PageShape, pageFingerprint, pageShape } from '../../lib/core/fingerprint.js';

const shape: PageShape = {
  page: {
    title: 'A',
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-02-01T00:00:00.000Z',
    parentId: '1',
    labels: ['x', 'y'],
  },
  url: 'https://example.atlassian.net/wiki/spaces/DOCS/pages/1',
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
  ['time of making', { page: { ...shape.page, createdAt: '2025-01-01T00:00:00.000Z' } }],
  ['time of the version', { page: { ...shape.page, updatedAt: '2025-01-01T00:00:00.000Z' } }],
  ['address', { url: 'https://example.atlassian.net/wiki/pages/viewpage.action?pageId=1' }],
  ['set of labels', { page: { ...shape.page, labels: [] } }],
  ['space key', { space: 'OPS' }],
  ['path', { base: 'b' }],
  ['format', { format: 'adf' }],
  ["author's name", { author: 'Bea' }],
  ['links', { links: ['l', 'm'] }],
])('another %s is another file', (_, more) => {
  expect(fingerprint(more)).not.toBe(fingerprint());
});

const shapeOf = (more: Partial<PageShape> = {}) => pageShape({ ...shape, ...more });

test.each<[string, Partial<PageShape>]>([
  ['title', { page: { ...shape.page, title: 'B' } }],
  ['space key', { space: 'OPS' }],
  ['format', { format: 'adf' }],
  ['links', { links: ['m'] }],
])('another %s needs another rendering', (_, more) => {
  expect(shapeOf(more)).not.toBe(shapeOf());
});

test.each<[string, Partial<PageShape>]>([
  ['parent', { page: { ...shape.page, parentId: '2' } }],
  ['time of making', { page: { ...shape.page, createdAt: '2025-01-01T00:00:00.000Z' } }],
  ['set of labels', { page: { ...shape.page, labels: [] } }],
  ['time of the version', { page: { ...shape.page, updatedAt: '2025-01-01T00:00:00.000Z' } }],
  ['address', { url: 'https://example.atlassian.net/wiki/pages/viewpage.action?pageId=1' }],
  ['path', { base: 'b' }],
  ["author's name", { author: 'Bea' }],
])('another %s can be written into the file as it is', (_, more) => {
  expect(shapeOf(more)).toBe(shapeOf());
});

test('the order in which labels are listed does not matter', () => {
  expect(fingerprint({ page: { ...shape.page, labels: ['y', 'x'] } })).toBe(fingerprint());
});
