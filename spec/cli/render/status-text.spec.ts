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
