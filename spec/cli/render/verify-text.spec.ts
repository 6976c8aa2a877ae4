import { expect, test } from '@jest/globals';
import { verifyText } from '../../../lib/cli/render/verify-text.js';
import { isUncertain, type VerifyResult } from '../../../lib/pull/verify.js';
import type { RemoteDifference } from '../../../lib/pull/compare-remote.js';

const NOTHING: RemoteDifference = { stale: [], missing: [], gone: [], incomplete: [], hidden: 0, leftOut: 0 };
const verified = (remote?: Partial<RemoteDifference>): VerifyResult => ({
  files: 2,
  bytes: 10,
  missing: [],
  changed: [],
  rotten: [],
  linked: [],
  unreadable: [],
  failedItems: [],
  failedCount: 0,
  incomplete: [],
  unrecorded: [],
  unfinished: [],
  exitCode: 0,
  ...(remote && { remote: { ...NOTHING, ...remote } }),
});

test('without a look at the wiki nothing is said of it', () => {
  expect(verifyText(verified())).toBe('Verified: 2 files, 10 B.');
});

test('what is as in the wiki is said to be so', () => {
  expect(verifyText(verified({}))).toBe('Verified: 2 files, 10 B, as they are in the wiki.');
  expect(isUncertain(verified({}))).toBe(false);
});

test.each<[Partial<RemoteDifference>, RegExp]>([
  [{ hidden: 3 }, /^Not visible to this account: 3 mirrored items/m],
  [{ leftOut: 4 }, /^Left out by the wiki's listing, though they are there: 4 pages/m],
  [
    { incomplete: [{ of: 'labels', code: 'http-500', message: 'no', hint: '' }] },
    /^ {2}labels could not be listed whole: no/m,
  ],
])('what could not be looked at is not said to be as in the wiki: %j', (remote, words) => {
  expect(verifyText(verified(remote))).toMatch(
    /^Verified: 2 files, 10 B; .* is not known for all of them\.$/m,
  );
  expect(verifyText(verified(remote))).toMatch(words);
  expect(isUncertain(verified(remote))).toBe(true);
});

test('files that nobody has recorded are the user’s to move or remove, unless the records are damaged', () => {
  const unknown = { ...verified(), unrecorded: ['a.attachments/mine.txt'] };
  expect(verifyText(unknown)).toMatch(/What is not recorded, no pull touches: move it/);
  expect(verifyText(unknown)).not.toContain('rxsync pull puts it right.');
  for (const result of [
    { ...unknown, damage: 'x' },
    { ...unknown, unfinished: unknown.unrecorded },
  ])
    expect(verifyText(result)).toContain('rxsync pull puts it right.');
});

test('what a pull that was cut off has left stands apart from what nobody knows', () => {
  const result = { ...verified(), unrecorded: ['a.md', 'b.md'], unfinished: ['b.md'] };
  expect(verifyText(result)).toMatch(
    /^2 differences in [^]*\nNot recorded \(1\):\n {2}a\.md\n\nLeft by a pull that was cut off \(1\):\n {2}b\.md$/,
  );
});

test('damaged records are told, with what mends them, and leave the outcome open', () => {
  const result = { ...verified(), damage: 'records/000003.log changed' };
  expect(verifyText(result)).toBe(
    [
      'Checked: 2 files, 10 B, as far as the records tell.',
      'The records of this mirror are damaged: records/000003.log changed. rxsync pull makes them anew.',
    ].join('\n'),
  );
  expect(isUncertain(result)).toBe(true);
});
