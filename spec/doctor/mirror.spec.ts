import { expect, test } from '@jest/globals';
import { type MirrorHealth, mirrorFinding } from '../../lib/doctor/mirror.js';
import type { MirrorState } from '../../lib/store/state-file.js';
import { heldWith, mirrorStateWith } from '../support/mirror-state.js';

const health = (changes: Partial<MirrorHealth>): MirrorHealth => ({
  state: heldWith(),
  items: 7,
  unsound: 0,
  damage: undefined,
  owner: undefined,
  ...changes,
});

test('what holds nothing yet need not tell what it is', () => {
  expect(mirrorFinding(undefined, false)).toMatchObject({ health: 'ok' });
  expect(mirrorFinding(health({ state: { kind: 'none' }, items: 0 }), false)).toMatchObject({ health: 'ok' });
});

test('files that are not as they were written are no obstacle', () => {
  expect(mirrorFinding(health({ unsound: 1 }), false)).toMatchObject({
    health: 'warning',
    message: expect.stringContaining('Files of 1 item are missing or changed'),
  });
});

const interrupted = (totalCount: number, lastSync: string | null): Partial<MirrorState> => ({
  lastSync,
  checkpoint: {
    scope: mirrorStateWith().scope,
    processedCount: 0,
    totalCount,
    startedAt: '2026-01-02T00:00:00Z',
    failedIds: [],
  },
});

test.each([
  ['a first run has done what is recorded', 89, null, 'after 7 of 89 items.'],
  ['a later one what its checkpoint says', 89, '2026-01-01T00:00:00Z', 'after 0 of 89 items.'],
  ['one that was listing has no count', 0, null, 'before its listing was complete.'],
])(
  'how far an interrupted run has come is told as `rxsync status` tells it: %s',
  (_, total, lastSync, words) => {
    const { health: how, message } = mirrorFinding(
      health({ state: heldWith(interrupted(total, lastSync)) }),
      false,
    );
    expect([how, message]).toEqual(['warning', `The pull of 2026-01-02T00:00:00Z was interrupted ${words}`]);
  },
);

const damaged = (laterVersion?: number): MirrorHealth['state'] => ({
  kind: 'damaged',
  reason: 'no JSON',
  ...(laterVersion !== undefined && { laterVersion }),
});

test.each<[string, MirrorHealth['state'], RegExp, RegExp]>([
  ['no state', { kind: 'none' }, /^\.rxsync\/state\.json is missing: /, /^Pull with `space`/],
  ['a damaged state', damaged(), /^\.rxsync\/state\.json cannot be read \(no JSON\): /, /^Pull with `space`/],
  [
    'the state of a later version',
    damaged(2),
    /written by a later version of rxsync \(schemaVersion 2/,
    /^Update rxsync\./,
  ],
])('%s is told with its cure; a pull works once it is told the space', (_, state, message, cure) => {
  const told = { message: expect.stringMatching(message), cure: expect.stringMatching(cure) };
  expect(mirrorFinding(health({ state }), true)).toMatchObject({ ...told, health: 'warning' });
  expect(mirrorFinding(health({ state }), false)).toMatchObject({ ...told, health: 'failed', exitCode: 2 });
});
