import { expect, test } from '@jest/globals';
import { watermark } from '../../lib/core/watermark.js';

const OURS = '2026-02-03T10:00:00.000Z';

test.each([
  ['the wiki’s clock counts', '2026-02-03T10:20:00.000Z', null, '2026-02-03T10:20:00.000Z'],
  ['a wiki without a clock leaves ours', undefined, null, OURS],
  ['one far ahead does not count', '2036-02-03T10:00:00.000Z', null, OURS],
  ['of one far behind nothing is missed', '2026-02-01T10:00:00.000Z', null, '2026-02-01T10:00:00.000Z'],
  [
    'it never goes back for that',
    '1970-01-01T00:00:00.000Z',
    '2026-02-02T00:00:00.000Z',
    '2026-02-02T00:00:00.000Z',
  ],
])('%s', (_, theirs, before, expected) => {
  expect(watermark({ ours: OURS, theirs, before })).toBe(expected);
});
