import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addSample, NO_SAMPLES } from '../../lib/report/sampling.js';

const at = (atMs: number) => ({ atMs, pages: atMs, attachments: 0, requests: 0, retries: 0, cap: 5 });

test('a short run keeps every moment', () => {
  const { samples } = [0, 250, 500].map(at).reduce(addSample, NO_SAMPLES);
  expect(samples.map(({ atMs }) => atMs)).toEqual([0, 250, 500]);
});

test('a long run keeps some of them, evenly, with the first and the last', () => {
  fc.assert(
    fc.property(fc.integer({ min: 201, max: 5_000 }), (count) => {
      const { samples } = Array.from({ length: count }, (_sample, i) => at(i * 250)).reduce(
        addSample,
        NO_SAMPLES,
      );
      const times = samples.map(({ atMs }) => atMs);
      expect(times[0]).toBe(0);
      expect(times.at(-1)).toBe((count - 1) * 250);
      expect(times.length).toBeLessThanOrEqual(200);
      expect(times.length).toBeGreaterThan(60);
      const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
      expect(Math.max(...gaps)).toBeLessThanOrEqual(((count - 1) * 250) / 24);
    }),
    { numRuns: 30 },
  );
});
