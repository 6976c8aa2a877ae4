import { expect, test } from '@jest/globals';
import {
  TARGET_BATCH_BYTES,
  nextBatchSize,
  observeBatch,
  unknownBatchSize,
} from '../../lib/core/batch-size.js';

test('50 before anything is known', () => {
  expect(nextBatchSize(unknownBatchSize)).toBe(50);
});

test.each([
  ['small pages: as many ids as a request takes', 50, 50 * 1000, 250],
  ['large pages: what the target holds', 50, 50 * 100_000, 41],
  ['one page larger than the target: alone', 1, 2 * TARGET_BATCH_BYTES, 1],
  ['empty pages', 50, 0, 250],
])('%s', (_, pages, bytes, expected) => {
  expect(nextBatchSize(observeBatch(unknownBatchSize, pages, bytes))).toBe(expected);
});

test('all batches count', () => {
  const size = observeBatch(observeBatch(unknownBatchSize, 1, TARGET_BATCH_BYTES), 3, 0);
  expect(nextBatchSize(size)).toBe(4);
});
