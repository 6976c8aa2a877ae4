import { expect, test } from '@jest/globals';
import { changesKnownUntil, watermark } from '../../lib/core/watermark.js';

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

const NEWEST = '2026-02-01T00:00:00.000Z';
const BEFORE = '2026-01-01T00:00:00.000Z';

test.each([
  ['no later than the newest change that was listed', NEWEST, false, NEWEST],
  ['nor than the run began, whatever a page says', '2099-01-01T00:00:00.000Z', false, OURS],
  ['a space without pages leaves the clock', undefined, false, OURS],
  ['what is no time is none', 'yesterday', false, OURS],
  ['a quick listing of changes', NEWEST, true, NEWEST],
  ['a quick listing that tells of none leaves it', undefined, true, BEFORE],
])('changes are known: %s', (_, newest, isQuick, expected) => {
  expect(changesKnownUntil({ syncedAt: OURS, newest, before: BEFORE, isQuick })).toBe(expected);
});

test('where nothing was known, a quick listing without changes leaves the clock', () => {
  expect(changesKnownUntil({ syncedAt: OURS, newest: undefined, before: null, isQuick: true })).toBe(OURS);
});
