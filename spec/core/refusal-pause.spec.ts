import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RateReading } from '../../lib/core/rate-limit.js';
import { refusalPauseMs } from '../../lib/core/refusal-pause.js';

const burst = (resetMs: number) => ({ limit: undefined, remaining: undefined, resetMs });
const quota = (resetMs: number) => ({
  policy: 'global-app-quota',
  remainingPoints: 0,
  quotaPoints: 1000,
  windowMs: 3_600_000,
  resetMs,
});

test.each<[string, RateReading, number]>([
  ['a burst waits for Retry-After', { reason: 'burst', retryAfterMs: 5_000, burst: burst(9_000) }, 5_000],
  ['without it for the reset', { reason: 'burst', burst: burst(9_000) }, 9_000],
  [
    'a quota waits for the latest that is told: Retry-After',
    { reason: 'quota', retryAfterMs: 9_000, burst: burst(1_000), quota: quota(8_000) },
    9_000,
  ],
  ['the reset', { reason: 'quota', retryAfterMs: 5_000, burst: burst(1_800_000) }, 1_800_000],
  ['t of the policy', { reason: 'quota', retryAfterMs: 5_000, quota: quota(1_800_000) }, 1_800_000],
  ['a quota that tells nothing waits a minute', { reason: 'quota' }, 60_000],
])('%s', (_name, reading, expected) => {
  expect(refusalPauseMs(reading, 1, () => 0)).toBe(expected);
});

test('a burst that tells nothing waits longer each time, with jitter, and never not at all', () => {
  const pauses = (random: number) => [1, 2, 3, 20].map((n) => refusalPauseMs({}, n, () => random));
  expect(pauses(1)).toEqual([1_500, 2_500, 4_500, 30_500]);
  expect(pauses(0)).toEqual([500, 500, 500, 500]);
});

test('is a time that a timer can wait, whatever is told', () => {
  const ms = fc.option(fc.double({ min: 0, max: 1e18, noNaN: true }), { nil: undefined });
  fc.assert(
    fc.property(ms, ms, ms, fc.constantFrom('quota', 'burst'), (retryAfterMs, reset, t, reason) => {
      const reading = {
        reason,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
        ...(reset !== undefined && { burst: burst(reset) }),
        ...(t !== undefined && { quota: quota(t) }),
      } as const;
      const pause = refusalPauseMs(reading, 3, () => 0.5);
      expect(pause).toBeGreaterThan(0);
      expect(pause).toBeLessThan(2 ** 31);
    }),
  );
});
