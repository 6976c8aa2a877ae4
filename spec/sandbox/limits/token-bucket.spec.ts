import { expect, test } from '@jest/globals';

import { createTokenBucket } from '../../../lib/sandbox/limits/token-bucket.js';

test('lets a burst of one second through, then refills evenly and never beyond one second', () => {
  let nowMs = 0;
  const bucket = createTokenBucket(4, () => nowMs);
  const take = (count: number): number =>
    Array.from({ length: count }, () => bucket.take()).filter(Boolean).length;
  expect(take(6)).toBe(4);
  expect(bucket.remaining()).toBe(0);
  nowMs = 500;
  expect(take(6)).toBe(2);
  nowMs = 60_000;
  expect(bucket.remaining()).toBe(4);
  expect(take(9)).toBe(4);
});
