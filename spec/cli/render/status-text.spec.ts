import { expect, test } from '@jest/globals';
import { statusText } from '../../../lib/cli/render/status-text.js';
import { PLAIN } from '../../../lib/cli/render/style.js';
import { failedItem } from '../../support/events.js';
import { mirrorStateWith, stateOf } from '../../support/mirror-state.js';

test.each([
  [3, 3, ['Failed (3):'], '… and'],
  [60, 60, ['Failed (60):', '… and 10 more (--json lists all)'], 'next pull tells'],
  [100, 20_000, ['Failed (20000):', '… and 19950 more (the next pull tells of them)'], '--json'],
  [2, 4, ['Failed (4):', '… and 2 more (the next pull tells of them)'], '--json'],
])('%d failed items known of %d', (known, failedCount, told, untold) => {
  const failedItems = Array.from({ length: known }, (_, index) => failedItem({ id: String(index) }));
  const state = stateOf(mirrorStateWith({ failedItems, failedCount }));
  const text = statusText({ ...state, kinds: state.sizes }, 'mirror', PLAIN);
  for (const line of told) expect(text).toContain(line);
  expect(text).not.toContain(untold);
});

test.each([
  [89, /interrupted +7 of 89 items done by the run of 2026-01-02T00:00:00Z; pull again/],
  [0, /interrupted +the run of 2026-01-02T00:00:00Z before its listing was complete/],
])('of %d items that were to be done those are told that are recorded', (totalCount, words) => {
  const { scope } = mirrorStateWith();
  const checkpoint = {
    scope,
    processedCount: 0,
    totalCount,
    startedAt: '2026-01-02T00:00:00Z',
    failedIds: [],
  };
  const state = stateOf(mirrorStateWith({ checkpoint }));
  const kinds = { ...state.sizes, page: { items: 7, files: 7, bytes: 9 } };
  expect(statusText({ ...state, kinds }, 'mirror', PLAIN)).toMatch(words);
});

test('a mirror without a state gets one from the pull that goes on, and needs one else', () => {
  const { scope, ...state } = stateOf(mirrorStateWith());
  const nothing = { ...state, kinds: state.sizes };
  expect(statusText({ ...nothing, scope }, 'mirror', PLAIN)).toMatch(/^mirror mirrors /);
  const running = { pid: 1, host: 'here', startedAt: '2026-01-02T00:00:00Z' };
  expect(statusText({ ...nothing, running }, 'mirror', PLAIN)).toMatch(
    /^mirror does not tell its space yet: the pull that is at work does/,
  );
  expect(statusText(nothing, 'mirror', PLAIN)).toMatch(/^mirror is a mirror that does not tell its space/);
});
