import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { TARGET_BATCH_BYTES } from '../../lib/core/batch-size.js';
import { megabytes, memoryShares } from '../../lib/core/memory-shares.js';

const MB = 1024 ** 2;
const GB = 1024 * MB;

/** Pages and blog posts. */
const KINDS = 2;
/** What an answer is in memory at the worst: its text and the bodies made of it, at two bytes a character. */
const COPIES = 4;

test.each([
  [300 * MB, { answer: 300 * (MB / 32), batches: 2, page: 100 * MB }],
  [6 * GB, { answer: 64 * MB, batches: 3, page: 2 * GB }],
])('of a heap of %d bytes', (heapBytes, shares) => {
  expect(memoryShares(heapBytes)).toEqual(shares);
});

test('all shares together leave a sixth of the heap to what else there is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 16 * MB, max: 64 * GB }), (heapBytes) => {
      const { answer, batches, page } = memoryShares(heapBytes);
      expect(KINDS * batches * COPIES * answer + page).toBeLessThanOrEqual((5 / 6) * heapBytes);
    }),
  );
});

test('in the smallest heap that is promised a batch is no larger than an answer may be', () => {
  expect(memoryShares(256 * MB).answer).toBeGreaterThanOrEqual(2 * TARGET_BATCH_BYTES);
});

test('bytes as people read them', () => {
  expect(megabytes(60_000_000)).toBe('57.2 MB');
});
