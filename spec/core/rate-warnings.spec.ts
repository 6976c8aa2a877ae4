import { expect, test } from '@jest/globals';
import type { RateReading } from '../../lib/core/rate-limit.js';
import { rateWarnings } from '../../lib/core/rate-warnings.js';

test.each<[RateReading, string[]]>([
  [{}, []],
  [{ nearLimit: false, beta: { nearLimit: false } }, []],
  [{ nearLimit: true }, ['near-rate-limit']],
  [{ beta: { nearLimit: true } }, ['announced-rate-limit']],
  [{ beta: { retryAfterMs: 0 } }, ['announced-rate-limit']],
  [{ nearLimit: true, beta: { retryAfterMs: 5 } }, ['near-rate-limit', 'announced-rate-limit']],
])('%j: %j', (reading, codes) => {
  expect(rateWarnings(reading).map(({ code }) => code)).toEqual(codes);
});
