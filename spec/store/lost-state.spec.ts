import { expect, test } from '@jest/globals';
import { KINDS } from '../../lib/core/kinds.js';
import { lostStateIn, whyLost } from '../../lib/store/lost-state.js';
import type { ReadState } from '../../lib/store/state-file.js';
import { memoryRecords } from '../support/memory-records.js';
import { heldWith } from '../support/mirror-state.js';

const NONE: ReadState = { kind: 'none' };
const DAMAGED: ReadState = { kind: 'damaged', reason: 'no JSON' };
const EMPTY = memoryRecords().sizes;

test.each(KINDS)('a mirror that holds one %s alone and has no state has lost it', (kind) => {
  const { sizes } = memoryRecords([{ kind, id: '1', version: 1, fingerprint: 'f', files: [] }]);
  expect(lostStateIn(NONE, sizes)).toEqual({
    message:
      '.rxsync/state.json is missing: the mirror does not tell any more what it is, when it was synced, and what failed.',
    hint: 'Pull with `space` and the settings that it had, such as `comments`: that makes the state anew.',
  });
});

test('a mirror that holds nothing yet need not have a state, but not a damaged one either', () => {
  expect(lostStateIn(NONE, EMPTY)).toBeUndefined();
  expect(lostStateIn(DAMAGED, EMPTY)?.message).toMatch(
    /^\.rxsync\/state\.json cannot be read \(no JSON\): the mirror does not tell/,
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
