import { expect, test } from '@jest/globals';
import { fullJitterMs } from '../../lib/operators/backoff.js';

const upper = { baseMs: 500, capMs: 30_000, random: () => 0.999999 };

test.each([
  [1, 500],
  [2, 1000],
  [4, 4000],
  [7, 30_000],
  [5000, 30_000],
])('retry %i waits up to %i ms', (attempt, expected) => {
  expect(fullJitterMs(attempt, upper)).toBe(expected);
  expect(fullJitterMs(attempt, { ...upper, random: () => 0.5 })).toBe(expected / 2);
  expect(fullJitterMs(attempt, { ...upper, random: () => 0 })).toBe(0);
});
