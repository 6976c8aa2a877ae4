import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { byteSizeText, parseByteSize } from '../../lib/core/byte-size.js';

test.each([
  ['1', 1],
  ['500000', 500_000],
  ['10b', 10],
  ['500K', 512_000],
  ['500k', 512_000],
  ['500KiB', 512_000],
  ['500kb', 500_000],
  ['10M', 10 * 1024 ** 2],
  ['10 MB', 10_000_000],
  [' 1.5G ', 1.5 * 1024 ** 3],
  ['2TiB', 2 * 1024 ** 4],
  ['0.0015KB', 1],
])('%j is %d bytes', (text, bytes) => {
  expect(parseByteSize(text)).toBe(bytes);
});

test.each([
  '',
  '0',
  '0.4',
  '0M',
  '-1',
  '1e3',
  'M',
  '1,5M',
  '5x',
  '10iB',
  '1 2',
  '10MM',
  '1.M',
  'off',
  '99999999999G',
])('%j is no size', (text) => {
  expect(parseByteSize(text)).toBeUndefined();
});

test.each([
  [1, '1'],
  [1000, '1KB'],
  [1024, '1K'],
  [1_500_000, '1500KB'],
  [10 * 1024 ** 2, '10M'],
  [10_000_001, '10000001'],
])('%d bytes are %s', (bytes, text) => {
  expect(byteSizeText(bytes)).toBe(text);
});

test('any size is understood as it is told', () => {
  const sizes = fc.tuple(
    fc.integer({ min: 1, max: 2000 }),
    fc.constantFrom(1, 1000, 1024, 1e6, 1024 ** 2, 1024 ** 4),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.maxSafeNat().filter((bytes) => bytes > 0),
        sizes.map(([n, unit]) => n * unit),
      ),
      (bytes) => {
        expect(parseByteSize(byteSizeText(bytes))).toBe(bytes);
      },
    ),
  );
});
