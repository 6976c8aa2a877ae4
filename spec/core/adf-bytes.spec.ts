import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { adfBytes } from '../../lib/core/adf-bytes.js';

const written = (adf: string): number => JSON.stringify(JSON.parse(adf), null, 2).length;

test('no document is longer when it is written with its indent', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (adf) => {
      expect(adfBytes(adf)).toBeGreaterThanOrEqual(written(adf));
    }),
  );
});

test('depth counts: an indent swells a small document', () => {
  const depth = 500;
  const adf = `${'['.repeat(depth)}${'0,'.repeat(5_000)}0${']'.repeat(depth)}`;
  expect(written(adf)).toBeGreaterThan(400 * adf.length);
  expect(adfBytes(adf)).toBeGreaterThanOrEqual(written(adf));
});

test('brackets in texts are characters', () => {
  const text = (value: string): number => adfBytes(JSON.stringify({ type: 'text', text: value }));
  expect(text('{[,"'.repeat(10))).toBe(text('xxx"'.repeat(10)));
});
