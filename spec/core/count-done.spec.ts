import { expect, test } from '@jest/globals';
import { countDone } from '../../lib/core/count-done.js';
import { STATE } from '../store/support/mirror.js';

test.each([
  ['before the first complete pull what is recorded counts', null, 7, 7],
  ['no less than the checkpoint says', null, 2, 5],
  ['no more than there are', null, 90, 89],
  ['later the checkpoint counts, as most of what is recorded is of before', '2026-01-01T00:00:00Z', 80, 5],
])('%s', (_, lastSync, recorded, done) => {
  const checkpoint = {
    scope: STATE.scope,
    processedCount: 5,
    totalCount: 89,
    startedAt: '2026-01-02T00:00:00Z',
    failedIds: [],
  };
  expect(countDone({ checkpoint, lastSync, recorded })).toBe(done);
});
