import { expect, test } from '@jest/globals';
import { NO_SUCCESSES, countSuccess, perSecond } from '../../lib/core/success-rate.js';

const every = (gapMs: number, count: number) =>
  Array.from({ length: count }, (_, index) => index * gapMs).reduce(countSuccess, NO_SUCCESSES);

test('a steady stream reads as its rate at any moment', () => {
  const steady = every(50, 200);
  for (const atMs of [9950, 9960, 9999])
    expect(Math.abs(perSecond(steady, atMs) - 20)).toBeLessThanOrEqual(1);
});

test('a burst counts for the second it fell into, and silence for nothing', () => {
  const burst = every(1, 12);
  expect(perSecond(burst, 12)).toBe(12);
  expect(perSecond(burst, 1500)).toBe(6);
  expect(perSecond(burst, 2000)).toBe(0);
  expect(perSecond(NO_SUCCESSES, 5)).toBe(0);
});
