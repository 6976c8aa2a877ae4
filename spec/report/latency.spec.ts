import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addAnswer, EMPTY_HISTOGRAM, latencyOf } from '../../lib/report/latency.js';

const latencyOfAll = (all: readonly number[]) =>
  latencyOf(
    'pages',
    all.reduce(
      (histogram, ms) =>
        addAnswer(histogram, { lane: 'pages', startedAtMs: 0, atMs: ms, status: 200, headers: {} }),
      EMPTY_HISTOGRAM,
    ),
  );

test('times are within 5 % of what a sorted list says', () => {
  const times = fc.array(fc.integer({ min: 20, max: 600_000 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(times, (all) => {
      const sorted = all.toSorted((a, b) => a - b);
      const exact = (share: number): number => sorted[Math.ceil(all.length * share) - 1] ?? 0;
      const { answers, p50Ms, p95Ms, maxMs } = latencyOfAll(all);
      expect(answers).toBe(all.length);
      expect(maxMs).toBe(sorted.at(-1));
      for (const [told, true_] of [
        [p50Ms, exact(0.5)],
        [p95Ms, exact(0.95)],
      ] as const)
        expect(Math.abs(told - true_)).toBeLessThanOrEqual(0.05 * true_ + 1);
    }),
  );
});

test('what took no time, or less by a clock that was set back, is no error', () => {
  expect(latencyOfAll([0, -50])).toMatchObject({ answers: 2, p50Ms: 0, p95Ms: 0, maxMs: 0 });
});
