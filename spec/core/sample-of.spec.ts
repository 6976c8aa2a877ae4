import { expect, test } from '@jest/globals';
import { sampleOf } from '../../lib/core/sample-of.js';

test.each<[number, number, number[]]>([
  [0, 3, []],
  [2, 3, [0, 1]],
  [3, 3, [0, 1, 2]],
  [4, 3, [0, 1, 3]],
  [10, 4, [0, 3, 6, 9]],
])('of %i, %i are %j', (length, size, sample) => {
  expect(
    sampleOf(
      Array.from({ length }, (_, i) => i),
      size,
    ),
  ).toEqual(sample);
});
