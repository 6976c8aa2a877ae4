import { expect, test } from '@jest/globals';

import { createPointsLedger } from '../../../lib/sandbox/limits/points-ledger.js';

test('points are counted within an hour and forgotten at its end', () => {
  let nowMs = 10_000;
  const ledger = createPointsLedger(100, 60_000, () => nowMs);
  ledger.spend(70);
  expect(ledger.remaining()).toBe(30);
  expect(ledger.secondsToReset()).toBe(50);
  ledger.spend(70);
  expect(ledger.remaining()).toBe(0);
  nowMs = 59_999;
  expect(ledger.remaining()).toBe(0);
  expect(ledger.secondsToReset()).toBe(1);
  nowMs = 60_000;
  expect(ledger.remaining()).toBe(100);
});
