import { expect, test } from '@jest/globals';
import { mirrorState, type Moment } from '../../../lib/pull/run/mirror-state.js';
import type { Step } from '../../../lib/pull/run/step.js';
import { addStep, emptyTally } from '../../../lib/pull/run/tally.js';
import { failedItem } from '../../support/events.js';
import { fakeWiki, page, SPACE } from '../../support/fake-wiki.js';
import { heldWith, mirrorStateWith } from '../../support/mirror-state.js';
import { useLanes } from '../../support/pulling.js';

const lanes = useLanes();

const BEFORE = { lastSync: '2026-01-02T00:00:00.000Z', lastFullSync: '2026-01-01T00:00:00.000Z' };
const NOW = SPACE.serverTime;

test.each<[string, boolean, Moment, object]>([
  ['a whole listing, complete', false, 'complete', { lastSync: NOW, lastFullSync: NOW }],
  ['a quick delta, complete', true, 'complete', { lastSync: NOW, lastFullSync: BEFORE.lastFullSync }],
  ['a whole listing, not complete yet', false, 'working', BEFORE],
  ['a quick delta, not complete yet', true, 'working', BEFORE],
])('when the mirror was synced: %s', async (_name, isQuick, moment, times) => {
  const { run } = await lanes(fakeWiki({ pages: [page(1)] }));
  const context = { space: SPACE, read: heldWith(BEFORE), account: null, isQuick };
  expect(mirrorState(run, context, moment)).toMatchObject(times);
});

test.each<[string, object, readonly string[] | undefined]>([
  ['the same', {}, undefined],
  ['another, which is remembered', { scope: { ...mirrorStateWith().scope, space: 'OLD' } }, ['OLD']],
])('the key that the space had before: %s', async (_name, before, formerKeys) => {
  const { run } = await lanes(fakeWiki({ pages: [page(1)] }));
  const context = { space: SPACE, read: heldWith(before), account: null, isQuick: false };
  expect(mirrorState(run, context, 'complete').formerKeys).toEqual(formerKeys);
  expect('formerKeys' in mirrorState(run, context, 'complete')).toBe(formerKeys !== undefined);
});

test('while a run is at work, its state does not grow with what has failed; in the end it names all of it', async () => {
  const { run } = await lanes(fakeWiki({ pages: [page(1)] }));
  const context = { space: SPACE, read: heldWith(BEFORE), account: null, isQuick: false };
  const stateWith = (count: number, moment: Moment) => {
    const steps = Array.from({ length: count }, (_, index): Step => {
      const failed = failedItem({ id: String(10_000 + index) });
      return { type: 'outcome', kind: 'page', result: 'failed', failed };
    });
    const tally = { ...steps.reduce(addStep, emptyTally), totals: emptyTally.totals };
    return mirrorState({ ...run, tally: () => tally }, context, moment);
  };
  const bytes = (count: number): number => JSON.stringify(stateWith(count, 'working')).length;
  expect(bytes(20_000) - bytes(200)).toBeLessThan(10);
  expect(stateWith(20_000, 'working')).toMatchObject({ failedCount: 20_000 });
  for (const moment of ['stopped', 'complete'] as const)
    expect(stateWith(20_000, moment)).toMatchObject({
      failedCount: 20_000,
      failedItems: { length: 20_000 },
    });
  expect(stateWith(20_000, 'stopped').checkpoint?.failedIds).toHaveLength(20_000);
});
