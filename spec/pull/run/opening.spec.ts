import { expect, test } from '@jest/globals';
import type { Checkpoint } from '../../../lib/core/records.js';
import { newKey, opening } from '../../../lib/pull/run/opening.js';
import { resolveOptions } from '../../../lib/pull/run/pull-options.js';
import { SPACE } from '../../support/fake-wiki.js';
import { heldWith, mirrorStateWith } from '../../support/mirror-state.js';
import { optionsFor } from '../../support/pulling.js';

const NONE = { kind: 'none' } as const;
const NOW = Date.parse('2026-02-03T12:00:00Z');
const DAY_MS = 86_400_000;
const open = (read: Parameters<typeof opening>[1]) =>
  opening(resolveOptions(optionsFor('mirror')), read, 'DOCS', NOW);

const interrupted = (ageMs: number) => {
  const checkpoint: Checkpoint = {
    scope: mirrorStateWith().scope,
    processedCount: 40,
    totalCount: 65,
    startedAt: new Date(NOW - ageMs).toISOString(),
    failedIds: [],
  };
  return heldWith({ checkpoint });
};

test('a run begins with its space, and with how it goes on from what is there', () => {
  expect(open(NONE)).toEqual([{ type: 'run.started', space: 'DOCS', mode: 'full' }]);
  expect(open(heldWith({ lastFullSync: '2026-01-01T00:00:00Z' }))).toEqual([
    { type: 'run.started', space: 'DOCS', mode: 'delta' },
  ]);
});

test('an interrupted one is gone on with, from where it was', () => {
  expect(open(interrupted(DAY_MS - 1))).toEqual([
    { type: 'run.started', space: 'DOCS', mode: 'resume', resumed: { processed: 40, total: 65 } },
  ]);
});

test('one that was interrupted too long ago is begun afresh, and that is told', () => {
  expect(open(interrupted(DAY_MS))).toEqual([
    { type: 'run.started', space: 'DOCS', mode: 'full' },
    {
      type: 'warning',
      code: 'stale-checkpoint',
      message: 'The checkpoint of the interrupted run is older than 24 hours: starting afresh.',
    },
  ]);
});

test('that the space has another key now is told, once it has', () => {
  expect(newKey(NONE, SPACE)).toBeUndefined();
  expect(newKey(heldWith(), SPACE)).toBeUndefined();
  expect(newKey(heldWith(), { ...SPACE, key: 'GUIDE' })).toEqual({
    type: 'warning',
    code: 'new-key',
    message: 'The space DOCS has the key GUIDE now; the mirror goes on with it, and answers to both.',
  });
});
