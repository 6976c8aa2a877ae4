import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Governor } from '../../../lib/pull/governor/governor.js';
import { type BusyWiki, keepBusy, ratiosOf } from '../../support/busy-wiki.js';

const START = Date.parse('2026-02-03T04:00:00Z');

beforeEach(() => {
  jest.useFakeTimers({ now: START });
});

afterEach(() => {
  jest.useRealTimers();
});

const busyFor = async (seconds: number, wiki: BusyWiki, random: number) => {
  const governor = new Governor({
    start: 5,
    max: 10,
    maxWaitMs: 3_600_000,
    quotaReserve: 10,
    now: Date.now,
    random: () => random,
  });
  const busy = keepBusy(governor, wiki);
  await jest.advanceTimersByTimeAsync(seconds * 1_000);
  busy.end();
  return busy.answers;
};

test.each([
  { tellsLimit: true, latencyMs: 20 },
  { tellsLimit: true, latencyMs: 300 },
  { tellsLimit: false, latencyMs: 20 },
  { tellsLimit: false, latencyMs: 80 },
  { tellsLimit: false, latencyMs: 300 },
])(
  'under a limit of 10 a second the run settles near it (latency $latencyMs ms, limit told: $tellsLimit)',
  async ({ tellsLimit, latencyMs }) => {
    for (const random of [0, 0.5, 0.99]) {
      const answers = await busyFor(60, { latencyMs, rps: 10, tellsLimit }, random);
      const { refusedShare, usedShare } = ratiosOf(answers, 10, [START + 10_000, START + 60_000]);
      expect(refusedShare).toBeLessThanOrEqual(0.05);
      expect(usedShare).toBeGreaterThanOrEqual(0.8);
      jest.setSystemTime(START);
    }
  },
);

test('without a limit and with 80 ms of latency the cap is at its maximum within ten seconds, and stays', async () => {
  const answers = await busyFor(30, { latencyMs: 80 }, 0.5);
  const late = answers.filter(({ atMs }) => atMs >= START + 10_000);
  expect(new Set(late.map(({ limit }) => limit))).toEqual(new Set([10]));
});
