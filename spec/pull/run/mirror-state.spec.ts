import { expect, test } from '@jest/globals';
import { mirrorState } from '../../../lib/pull/run/mirror-state.js';
import { fakeWiki, page, SPACE } from '../../support/fake-wiki.js';
import { heldWith } from '../../support/mirror-state.js';
import { useLanes } from '../../support/pulling.js';

const lanes = useLanes();

const BEFORE = { lastSync: '2026-01-02T00:00:00.000Z', lastFullSync: '2026-01-01T00:00:00.000Z' };
const NOW = SPACE.serverTime;

test.each([
  ['a whole listing, complete', false, true, { lastSync: NOW, lastFullSync: NOW }],
  ['a quick delta, complete', true, true, { lastSync: NOW, lastFullSync: BEFORE.lastFullSync }],
  ['a whole listing, not complete yet', false, false, BEFORE],
  ['a quick delta, not complete yet', true, false, BEFORE],
])('when the mirror was synced: %s', async (_name, isQuick, isComplete, times) => {
  const { run } = await lanes(fakeWiki({ pages: [page(1)] }));
  const context = { space: SPACE, read: heldWith(BEFORE), store: run.store, account: null, isQuick };
  expect(mirrorState(run, context, isComplete)).toMatchObject(times);
});
