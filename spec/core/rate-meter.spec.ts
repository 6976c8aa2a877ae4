import { expect, test } from '@jest/globals';
import { type RateMeter, addReading, ratePerSecond } from '../../lib/core/rate-meter.js';

const metered = (...readings: [number, number][]): RateMeter =>
  readings.reduce<RateMeter>((meter, [atMs, count]) => addReading(meter, { atMs, count }), []);

test('0 before there is anything to compare', () => {
  expect(ratePerSecond([])).toBe(0);
  expect(ratePerSecond(metered([0, 5]))).toBe(0);
  expect(ratePerSecond(metered([0, 5], [0, 9]))).toBe(0);
});

test('growth over the last ten seconds', () => {
  expect(ratePerSecond(metered([0, 0], [2000, 10]))).toBe(5);
  expect(ratePerSecond(metered([0, 0], [10_000, 1000], [20_000, 1010]))).toBe(1);
});

test('a long silence is part of the rate', () => {
  expect(ratePerSecond(metered([0, 0], [100_000, 50]))).toBe(0.5);
});

test('stays small however long it runs', () => {
  const readings = Array.from({ length: 1000 }, (_, i): [number, number] => [i * 1000, i]);
  expect(metered(...readings).length).toBeLessThanOrEqual(11);
});
