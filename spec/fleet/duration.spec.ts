import { expect, test } from '@jest/globals';
import { durationMs, isDuration } from '../../lib/fleet/duration.js';

test.each([
  ['90s', 90_000],
  ['15m', 900_000],
  ['1h', 3_600_000],
  ['2d', 172_800_000],
])('%s is %i ms', (text, ms) => {
  expect(isDuration(text)).toBe(true);
  expect(durationMs(text)).toBe(ms);
});

test.each(['', '0s', '1', 'h', '1.5h', '1 h', '-1h', '1H', '9999999h'])('%j is no duration', (text) => {
  expect(isDuration(text)).toBe(false);
  expect(durationMs(text)).toBe(0);
});
