import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  EMPTY_LEDGER,
  enterPoints,
  pointsOf,
  type PointsEntry,
  reservedUntilMs,
} from '../../lib/core/points-ledger.js';
import type { QuotaReading } from '../../lib/core/rate-limit.js';

const HOUR = 3_600_000;
const NOW = 10 * HOUR + 1_000;

const quota = (changes: Partial<QuotaReading> = {}): QuotaReading => ({
  policy: 'tenant-app-quota',
  quotaPoints: 1_000,
  windowMs: HOUR,
  remainingPoints: undefined,
  resetMs: undefined,
  ...changes,
});

const ledgerAfter = (...entries: readonly PointsEntry[]) => entries.reduce(enterPoints, EMPTY_LEDGER);
const until = (reserve: number, ...entries: readonly PointsEntry[]) =>
  reservedUntilMs(ledgerAfter(...entries), reserve);

test.each([
  ['a batch of pages', 'pages', 250, 251],
  ['a redirect to a file', 'attachments', 1, 2],
  ['users, who are dearer', 'users', 250, 501],
  ['an error', 'listing', 0, 1],
] as const)('%s costs the request and its objects', (_name, lane, objects, points) => {
  expect(pointsOf(lane, objects)).toBe(points);
});

describe('without a quota in sight', () => {
  test('nothing is held, whatever is spent', () => {
    expect(until(10, { atMs: NOW, points: 1_000_000 })).toBeUndefined();
  });
});

describe('with a quota', () => {
  const spend = (points: number, changes: Partial<QuotaReading> = {}): PointsEntry => ({
    atMs: NOW,
    points,
    quota: quota(changes),
  });

  test.each([
    [10, 899, undefined],
    [10, 900, 11 * HOUR],
    [0, 999, undefined],
    [0, 1_000, 11 * HOUR],
    [100, 1, 11 * HOUR],
  ])('a reserve of %i percent with %i of 1000 points spent holds until %p', (reserve, points, expected) => {
    expect(until(reserve, spend(points))).toBe(expected);
  });

  test('what the wiki says is left comes before our own count, in both directions', () => {
    expect(until(10, spend(100, { remainingPoints: 50 }))).toBe(11 * HOUR);
    expect(until(10, spend(950, { remainingPoints: 500 }))).toBeUndefined();
    expect(until(10, spend(0, { remainingPoints: 500 }), spend(399), spend(1))).toBe(11 * HOUR);
  });

  test('the hour ends when the wiki says, else at the top of the hour', () => {
    expect(until(10, spend(1_000, { resetMs: 60_000 }))).toBe(NOW + 60_000);
    expect(until(10, spend(1_000))).toBe(11 * HOUR);
  });

  test('a new hour has all points again', () => {
    const later = { atMs: 11 * HOUR, points: 1, quota: quota() };
    expect(until(10, spend(1_000), later)).toBeUndefined();
    expect(ledgerAfter(spend(1_000), later)).toMatchObject({ spentPoints: 1, resetAtMs: 12 * HOUR });
  });

  test('a quota that was told once holds for answers without headers, too', () => {
    expect(until(10, spend(800), { atMs: NOW, points: 100 })).toBe(11 * HOUR);
  });
});

test('an hour stays an hour when the clock is set back', () => {
  const before: PointsEntry = { atMs: 10 * HOUR, points: 1_000, quota: quota() };
  expect(until(10, before, { atMs: 1_000, points: 0 })).toBe(HOUR);
});

test('whatever answers come, the end of the hour lies ahead and no points are negative', () => {
  const entry = fc.record({
    atMs: fc.integer({ min: 0, max: 10 * HOUR }),
    points: fc.nat(1_000),
    quota: fc.option(
      fc.record({
        policy: fc.constant('p'),
        quotaPoints: fc.option(fc.nat(100_000), { nil: undefined }),
        remainingPoints: fc.option(fc.nat(200_000), { nil: undefined }),
        windowMs: fc.constant(undefined),
        resetMs: fc.option(fc.nat(2 * HOUR), { nil: undefined }),
      }),
      { nil: undefined },
    ),
  });
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      let ledger = EMPTY_LEDGER;
      for (const one of entries) {
        ledger = enterPoints(ledger, one);
        expect(ledger.resetAtMs).toBeGreaterThanOrEqual(one.atMs);
        expect(ledger.resetAtMs - one.atMs).toBeLessThanOrEqual(HOUR);
        expect(ledger.spentPoints).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
