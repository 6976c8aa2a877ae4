import { expect, test } from '@jest/globals';
import { KINDS } from '../../lib/core/kinds.js';
import { lostStateIn, whyLost } from '../../lib/store/lost-state.js';
import type { ReadState } from '../../lib/store/state-file.js';
import { memoryRecords } from '../support/memory-records.js';
import { heldWith } from '../support/mirror-state.js';

const NONE: ReadState = { kind: 'none' };
const DAMAGED: ReadState = { kind: 'damaged', reason: 'no JSON' };
const LATER: ReadState = { ...DAMAGED, laterVersion: 2 };
const EMPTY = memoryRecords().sizes;

test.each(KINDS)('a mirror that holds one %s alone and has no state has lost it', (kind) => {
  const { sizes } = memoryRecords([{ kind, id: '1', version: 1, fingerprint: 'f', files: [] }]);
  expect(lostStateIn(NONE, sizes)).toEqual({
    message:
      '.rxsync/state.json is missing: what the mirror is, when it was synced, and what failed is not known any more.',
    hint: 'Pull with `space` and the settings that it had, such as `comments`: that makes the state anew.',
  });
});

test('a mirror that holds nothing yet need not have a state, but not a damaged one either', () => {
  expect(lostStateIn(NONE, EMPTY)).toBeUndefined();
  expect(lostStateIn(DAMAGED, EMPTY)?.message).toMatch(
    /^\.rxsync\/state\.json cannot be read \(no JSON\): what the mirror is/,
  );
});

test('a state that can be read is not lost, whatever the mirror holds', () => {
  const { sizes } = memoryRecords([{ kind: 'page', id: '1', version: 1, fingerprint: 'f', files: [] }]);
  for (const each of [EMPTY, sizes]) expect(lostStateIn(heldWith(), each)).toBeUndefined();
});

test('why there is no state is told in words', () => {
  expect(whyLost(DAMAGED)).toBe('.rxsync/state.json cannot be read (no JSON)');
  expect(whyLost(NONE)).toBe('.rxsync/state.json is missing');
});

test('the state of a later version is told as such, and that rxsync is to be updated', () => {
  expect(lostStateIn(LATER, EMPTY)).toEqual({
    message: expect.stringMatching(
      /^\.rxsync\/state\.json was written by a later version of rxsync \(schemaVersion 2, this one reads 1\): /,
    ),
    hint: expect.stringMatching(/^Update rxsync\. .*pull with `space`.* makes the state anew\.$/),
  });
});
