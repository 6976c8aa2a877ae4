import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareIds } from '../../lib/core/compare-ids.js';

test('orders as numbers, beyond what a number can hold, attachments as well', () => {
  const ids = ['9007199254740993', '10', '9', 'att11', '9007199254740992'];
  expect(ids.sort(compareIds)).toEqual(['9', '10', 'att11', '9007199254740992', '9007199254740993']);
});

test('agrees with the order of integers', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n }), fc.bigInt({ min: 0n }), (a, b) => {
      expect(Math.sign(compareIds(`${a}`, `${b}`))).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});
