import { expect, test } from '@jest/globals';
import { ratesOf } from '../../lib/report/rates.js';

const at = (atMs: number, pages: number, cap = 5) => ({
  atMs,
  pages,
  attachments: 0,
  requests: 2 * pages,
  retries: 0,
  cap,
});

test('rates are averages over parts of the run', () => {
  expect(ratesOf([at(0, 0), at(1_000, 10), at(3_000, 20, 7)])).toMatchObject([
    { fromMs: 0, toMs: 1_000, pages: 10, requests: 20, cap: 5 },
    { fromMs: 1_000, toMs: 3_000, pages: 5, requests: 10, cap: 7 },
  ]);
});

test('a long run is shown in about sixty parts, which add up to the whole', () => {
  const samples = Array.from({ length: 200 }, (_sample, i) => at(i * 5_000, i * i));
  const rates = ratesOf(samples);
  expect(rates.length).toBeLessThanOrEqual(60);
  expect(rates.length).toBeGreaterThan(40);
  const pages = rates.reduce(
    (sum, { fromMs, toMs, pages: rate }) => sum + (rate * (toMs - fromMs)) / 1000,
    0,
  );
  expect(pages).toBeCloseTo(199 * 199);
});

test('a run of no time has no rates', () => {
  expect(ratesOf([])).toEqual([]);
  expect(ratesOf([at(0, 0), at(0, 0)])).toEqual([]);
});
