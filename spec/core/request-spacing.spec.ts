import { expect, test } from '@jest/globals';
import { UNSPACED, minIntervalMs, slowDown, speedUp } from '../../lib/core/request-spacing.js';

const paced = (perSecond: number) => ({ ...UNSPACED, perSecond, cutAtMs: 0 });

test('no pace until a refusal, then the told limit', () => {
  expect(minIntervalMs(UNSPACED)).toBe(0);
  expect(speedUp(UNSPACED, { atMs: 0, burst: { limit: 20, remaining: 19 } }).perSecond).toBeUndefined();
  expect(slowDown(UNSPACED, { atMs: 0, burst: { limit: 20 } }).perSecond).toBe(20);
});

test('a further refusal cuts by half at most, never below one start in two seconds', () => {
  expect(slowDown(paced(20), { atMs: 5000 }).perSecond).toBeCloseTo(8.5);
  expect(slowDown(paced(0.5), { atMs: 5000 }).perSecond).toBe(0.5);
});

test('creeps upwards, faster once the last refusal is long ago, up to the told limit', () => {
  expect(speedUp(paced(10), { atMs: 5000 }).perSecond).toBeCloseTo(10.02);
  expect(speedUp(paced(10), { atMs: 25_000 }).perSecond).toBeCloseTo(10.1);
  expect(speedUp(paced(10), { atMs: 25_000, burst: { limit: 10 } }).perSecond).toBe(10);
});

test('ends where spacing no longer matters', () => {
  expect(speedUp(paced(999.99), { atMs: 25_000 }).perSecond).toBeUndefined();
});
