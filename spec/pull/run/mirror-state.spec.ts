import { expect, test } from '@jest/globals';
import { HttpError } from '../../../lib/errors/http-error.js';
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

test('changes are known no further than the newest that was listed, once the run is complete', async () => {
  const { run } = await lanes(fakeWiki({ pages: [page(1)] }));
  const newest = '2026-01-05T00:00:00.000Z';
  const context = { space: SPACE, read: heldWith(BEFORE), account: null, isQuick: false, newest };
  expect(mirrorState(run, context, 'complete')).toMatchObject({ knownUntil: newest, lastSync: NOW });
  expect(mirrorState(run, context, 'working')).not.toHaveProperty('knownUntil');
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

test('until a run is complete, its state says how far it is; then what it has left out', async () => {
  const { run } = await lanes(fakeWiki({ pages: [page(1)] }));
  const failed = failedItem({ kind: 'attachment', id: 'att7' });
  const steps: readonly Step[] = [
    { type: 'listed', kind: 'page', count: 4 },
    { type: 'listed', kind: 'attachment', count: 1 },
    { type: 'outcome', kind: 'page', result: 'written' },
    { type: 'outcome', kind: 'page', result: 'notVisible', count: 2 },
    { type: 'outcome', kind: 'attachment', result: 'failed', failed },
  ];
  steps.forEach(run.count);
  run.noteGap({ of: 'labels', error: new HttpError(500, 'no') });
  const context = { space: SPACE, read: { kind: 'none' }, account: 'acct-me', isQuick: false } as const;
  const state = mirrorState(run, context, 'stopped');
  expect(state).toMatchObject({
    spaceName: SPACE.name,
    spaceId: SPACE.id,
    homepageId: '1',
    account: 'acct-me',
    lastSync: null,
    lastFullSync: null,
    failedItems: [failed],
    failedCount: 1,
    incomplete: [{ of: 'labels', code: 'http-500' }],
    notVisible: 2,
  });
  expect(state.checkpoint).toEqual({
    scope: state.scope,
    processedCount: 4,
    totalCount: 5,
    startedAt: run.startedAt,
    failedIds: ['attachment:att7'],
  });
  expect(mirrorState(run, context, 'complete')).toEqual({
    ...state,
    checkpoint: null,
    lastSync: NOW,
    knownUntil: NOW,
    lastFullSync: NOW,
  });
});

test('a space without a homepage has none', async () => {
  const { run } = await lanes(fakeWiki({ pages: [page(1)] }));
  const space = { ...SPACE, homepageId: undefined };
  const context = { space, read: { kind: 'none' }, account: null, isQuick: false } as const;
  expect(mirrorState(run, context, 'complete').homepageId).toBeNull();
});
