import { expect, test } from '@jest/globals';
import { isSameVersion, newestTime, secondsOf, versionStamp } from '../../lib/core/versions.js';

const TIME = '2026-02-03T04:05:06.789Z';

test.each([
  [{ version: 1, updatedAt: TIME }, { version: 1, updatedAt: TIME }, true],
  [{ version: 1, updatedAt: TIME }, { version: 2, updatedAt: TIME }, false],
  [{ version: 1, updatedAt: TIME }, { version: 1, updatedAt: '2026-02-03T04:06:06.789Z' }, false],
  [{ version: 1, updatedAt: TIME }, { version: 1, updatedAt: '2026-02-03T04:05:06Z' }, true],
  [{ version: 1, updatedAt: TIME }, { version: 1, updatedAt: '2026-02-03T05:05:06.789+01:00' }, true],
  [{ version: 1, updatedAt: TIME }, { version: 1 }, true],
  [{ version: 1 }, { version: 1, updatedAt: TIME }, true],
  [{ version: 1, updatedAt: 'soon' }, { version: 1, updatedAt: TIME }, true],
  [{ version: 0 }, { version: 0 }, true],
])('%j and %j: the same %s', (one, other, is) => {
  expect(isSameVersion(one, other)).toBe(is);
});

test('seconds of a time; none is none', () => {
  expect([secondsOf(TIME), secondsOf('soon'), secondsOf(undefined)]).toEqual([1770091506, 0, 0]);
});

test('stamps tell numbers and times apart, up to large numbers', () => {
  const versions = [1, 2, 1_000_000].flatMap((version) =>
    [TIME, '2026-02-03T04:05:07.000Z', undefined].map((updatedAt) => ({ version, updatedAt })),
  );
  expect(new Set(versions.map(versionStamp)).size).toBe(versions.length);
});

test.each<[readonly (string | undefined)[], string | undefined]>([
  [[], undefined],
  [[undefined, 'soon'], undefined],
  [['2026-02-03T04:05:06Z', TIME, '2025-12-31T23:59:59.999Z'], TIME],
  [[TIME, '2026-02-03T04:05:06Z', undefined], TIME],
  [['soon', '2026-02-03T06:05:06+02:00', TIME], TIME],
])('of versions at %j the latest is at %s', (times, expected) => {
  expect(newestTime(times.map((updatedAt) => ({ version: 1, updatedAt })))).toBe(expected);
});
