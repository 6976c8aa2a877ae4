import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Headers, parseRateHeaders } from '../../lib/core/rate-limit.js';

const NOW_MS = Date.parse('2026-03-26T15:30:00Z');
const parse = (headers: Headers) => parseRateHeaders(headers, NOW_MS);

test('no headers, no knowledge', () => {
  expect(parse({ 'content-type': 'application/json', 'retry-after': undefined })).toEqual({});
});

test.each([
  ['120', 120_000],
  ['0', 0],
  [' 1.5 ', 1500],
  ['Thu, 26 Mar 2026 15:31:00 GMT', 60_000],
  ['Thu, 26 Mar 2026 15:29:00 GMT', 0],
  ['-5', undefined],
  ['soon', undefined],
  ['1 foo', undefined],
  ['', undefined],
  ['9'.repeat(400), undefined],
  ['Thu, 99 Mar 2026 15:29:00 GMT', undefined],
])('Retry-After %p', (text, expected) => {
  expect(parse({ 'retry-after': text }).retryAfterMs).toBe(expected);
});

describe('burst', () => {
  test('the limit of the second, and a reset without seconds', () => {
    const headers = {
      'x-ratelimit-limit': '100',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '2026-03-26T16:00Z',
    };
    expect(parse(headers)).toEqual({
      burst: { limit: 100, remaining: 0, resetMs: 30 * 60_000 },
    });
  });

  test.each([
    ['2026-03-26T15:30:02.5Z', 2500],
    ['2026-03-26T16:30:00+01:00', 0],
    ['2026-03-26T15:00:00Z', 0],
    ['2026-03-26', undefined],
    ['1774539000', undefined],
  ])('reset %p', (text, resetMs) => {
    const headers = { 'x-ratelimit-limit': '1', 'x-ratelimit-reset': text };
    expect(parse(headers).burst?.resetMs).toBe(resetMs);
  });
});

describe('quota', () => {
  test('the policy and what is left of it', () => {
    const headers = {
      'ratelimit-policy': '"global-app-quota";q=65000;w=3600',
      ratelimit: '"global-app-quota";r=11000;t=600',
    };
    expect(parse(headers).quota).toEqual({
      policy: 'global-app-quota',
      quotaPoints: 65_000,
      windowMs: 3_600_000,
      remainingPoints: 11_000,
      resetMs: 600_000,
    });
  });

  test('without r plenty is left', () => {
    expect(parse({ ratelimit: '"global-app-quota";t=3200' }).quota).toMatchObject({ resetMs: 3_200_000 });
    expect(parse({ ratelimit: '"global-app-quota";t=0' }).quota?.resetMs).toBe(0);
    expect(parse({ ratelimit: '"global-app-quota";t=3200' }).quota?.remainingPoints).toBeUndefined();
  });

  test('of several entries, in any order, the one with the fewest points left', () => {
    const headers = {
      'ratelimit-policy': ' "tenant-app-quota" ; w=3600 ; q=100000 ,"global-app-quota";q=65000;w=3600',
      ratelimit: '"global-app-quota";t=600, "tenant-app-quota";t=600;r=900',
    };
    expect(parse(headers).quota).toMatchObject({
      policy: 'tenant-app-quota',
      quotaPoints: 100_000,
      remainingPoints: 900,
    });
  });

  test('malformed entries and parameters are ignored', () => {
    expect(parse({ 'ratelimit-policy': ',;;q=1,' }).quota).toBeUndefined();
    expect(parse({ ratelimit: '"a";r=x;t=5;=;z' }).quota).toMatchObject({ policy: 'a', resetMs: 5000 });
  });
});

test.each([
  ['true', true],
  ['TRUE ', true],
  ['false', false],
  ['1', undefined],
])('X-RateLimit-NearLimit %p', (text, expected) => {
  expect(parse({ 'x-ratelimit-nearlimit': text }).nearLimit).toBe(expected);
});

test.each([
  ['confluence-quota-global-based', undefined, 'quota'],
  ['confluence-quota-tenant-based', '5', 'quota'],
  ['confluence-burst-based', '300', 'burst'],
  ['confluence-cost-based', undefined, 'burst'],
  ['confluence-cost-based', '59', 'burst'],
  ['confluence-cost-based', '60', 'quota'],
  [undefined, '5', 'burst'],
  [undefined, '1800', 'quota'],
  [undefined, undefined, undefined],
])('reason %p with Retry-After %p is %p', (text, retryAfter, expected) => {
  expect(parse({ 'ratelimit-reason': text, 'retry-after': retryAfter }).reason).toBe(expected);
});

test('beta headers are told apart and never a reason to wait', () => {
  const headers = {
    'beta-retry-after': '30',
    'beta-ratelimit': '"global-app-quota";r=5;t=60',
    'x-beta-ratelimit-limit': '10',
    'x-beta-ratelimit-nearlimit': 'true',
    'x-beta-ratelimit-reason': 'confluence-burst-based',
  };
  expect(parse(headers)).toEqual({
    beta: {
      retryAfterMs: 30_000,
      quota: expect.objectContaining({ policy: 'global-app-quota', remainingPoints: 5, resetMs: 60_000 }),
      burst: { limit: 10, remaining: undefined, resetMs: undefined },
      nearLimit: true,
      reason: 'burst',
    },
  });
});

test('points of time are compared with the clock of the wiki, not with one that is wrong here', () => {
  const headers = {
    date: 'Thu, 26 Mar 2026 15:50:00 GMT',
    'x-ratelimit-reset': '2026-03-26T15:51Z',
    'retry-after': 'Thu, 26 Mar 2026 15:50:30 GMT',
  };
  expect(parse(headers)).toMatchObject({ retryAfterMs: 30_000, burst: { resetMs: 60_000 } });
});

test('whatever the headers hold, nothing is thrown and every number is a usable one', () => {
  const names = [
    'retry-after',
    'x-ratelimit-limit',
    'x-ratelimit-remaining',
    'x-ratelimit-reset',
    'ratelimit',
  ];
  const more = [
    'ratelimit-policy',
    'ratelimit-reason',
    'x-ratelimit-nearlimit',
    'beta-retry-after',
    '__proto__',
  ];
  const text = fc.oneof(
    fc.string(),
    fc.stringMatching(/^"?[a-z-]{0,9}"?(;[rtqw]=[0-9.e-]{0,30}){0,3}(, ?"x";r=[0-9]{0,3})?$/),
    fc.stringMatching(/^[0-9.]{0,400}$/),
  );
  const numbers = (reading: object): readonly number[] => {
    const found: number[] = [];
    JSON.stringify(reading, (_, value: unknown) => {
      if (typeof value === 'number') found.push(value);
      return value;
    });
    return found;
  };
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names, ...more), text), (headers) => {
      for (const value of numbers(parse(headers))) {
        expect(Number.isFinite(value)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
