import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS, type MirrorSettings } from '../../lib/core/mirror-settings.js';
import { estimate } from '../../lib/doctor/estimate.js';

const COUNTS = { pages: 10_000, blogposts: 0, folders: 500, attachments: 50_000, comments: 20_000 };
const MEASURED = { pageBytes: 15_000, attachmentBytes: 100_000, answerMs: 200, transferMs: 300 };
const OPTIONS = {
  settings: { ...DEFAULT_SETTINGS, comments: true },
  concurrency: 5,
  attachmentConcurrency: 4,
  quotaReserve: 0,
};

test('requests, points and bytes follow the counts', () => {
  const whole = estimate(COUNTS, MEASURED, OPTIONS, {});
  // Listings 40 + 3 + 250 + 100, bodies 40, comments 400, files 50,000, and three to begin with.
  expect(whole.requests).toBe(50_836);
  expect(whole.points).toBe(50_836 + 20_000 + 500 + 100_000 + 40_000);
  expect(whole.bytes).toBe(10_000 * 15_000 + 50_000 * 100_000);
  const text = estimate(
    COUNTS,
    MEASURED,
    {
      ...OPTIONS,
      settings: { ...DEFAULT_SETTINGS, attachments: 'none' },
    },
    {},
  );
  expect(text).toMatchObject({
    requests: 86,
    attachments: 0,
    bytes: 150_000_000,
    boundBy: 'requests',
    durationMs: 3440,
  });
});

test('the time is that of the narrowest place', () => {
  const bound = (limits: Parameters<typeof estimate>[3]) => {
    const { boundBy, durationMs } = estimate(COUNTS, MEASURED, OPTIONS, limits);
    return { boundBy, durationMs };
  };
  expect(bound({})).toEqual({ boundBy: 'downloads', durationMs: 6_250_000 });
  expect(bound({ burst: { limit: 1, remaining: undefined, resetMs: undefined } })).toEqual({
    boundBy: 'burst',
    durationMs: 50_836_000,
  });
  const quota = {
    policy: 'global-app-quota',
    quotaPoints: 65_000,
    remainingPoints: undefined,
    windowMs: undefined,
    resetMs: undefined,
  };
  expect(bound({ quota })).toEqual({ boundBy: 'quota', durationMs: 3 * 3_600_000 });
});

test.each<[Partial<MirrorSettings>, readonly string[]]>([
  [{}, []],
  [{ attachments: 'none', comments: true }, []],
  [{ label: 'x', attachments: 'referenced' }, ['label', 'attachments']],
  [
    { ancestor: ['1'], cql: 'type=page', attachmentMaxBytes: 1, attachmentTypes: ['pdf'] },
    ['ancestor', 'cql', 'attachmentMaxBytes', 'attachmentTypes'],
  ],
])('what it cannot reckon with is named: %j', (settings, uncounted) => {
  const options = { ...OPTIONS, settings: { ...DEFAULT_SETTINGS, ...settings } };
  expect(estimate(COUNTS, MEASURED, options, {}).uncounted).toEqual(uncounted);
});
