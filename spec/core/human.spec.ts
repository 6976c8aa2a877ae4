import { expect, test } from '@jest/globals';
import { humanBytes, humanCount, humanDuration } from '../../lib/core/human.js';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [1_234, '1.2 kB'],
  [12_345, '12 kB'],
  [18_000_000, '18 MB'],
  [1_200_000_000, '1.2 GB'],
  [2_500_000_000_000_000, '2500 TB'],
])('%s bytes are %s', (bytes, text) => {
  expect(humanBytes(bytes)).toBe(text);
});

test.each([
  [0, '0:00'],
  [41_000, '0:41'],
  [59_600, '1:00'],
  [3_599_000, '59:59'],
  [3_723_000, '1:02:03'],
  [360_000_000, '100:00:00'],
])('%s ms are %s', (ms, text) => {
  expect(humanDuration(ms)).toBe(text);
});

test('counts have their thousands apart', () => {
  expect([0, 999, 1_234_567].map(humanCount)).toEqual(['0', '999', '1,234,567']);
});
