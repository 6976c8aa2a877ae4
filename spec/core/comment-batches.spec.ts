import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commentBatches } from '../../lib/core/comment-batches.js';
import { page } from './support/space.js';

const planned = (counts: readonly number[]) =>
  counts.map((count, i) => ({
    page: page(`${i}`, 'a'),
    base: `a-${i}`,
    comments: Array.from({ length: count }, (_, n) => ({
      id: `${i}-${n}`,
      pageId: `${i}`,
      version: 1,
      resolution: undefined,
    })),
  }));
const sizes = (counts: readonly number[]) =>
  commentBatches(planned(counts)).map((batch) => batch.map(({ comments }) => comments.length));

test.each([
  [[], []],
  [
    [10, 20, 20, 1],
    [[10, 20, 20], [1]],
  ],
  [
    [80, 1, 49, 1],
    [[80], [1, 49], [1]],
  ],
])('pages with %j comments', (counts, expected) => {
  expect(sizes(counts)).toEqual(expected);
});

test('at most 100 pages a batch', () => {
  expect(commentBatches(planned(Array.from({ length: 101 }, () => 0))).map((batch) => batch.length)).toEqual([
    100, 1,
  ]);
});

test('every page is in one batch, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60)), (counts) => {
      expect(sizes(counts).flat()).toEqual(counts);
    }),
  );
});
