import { expect, test } from '@jest/globals';
import { checkFlags } from '../../lib/cli/check-flags.js';

const check = checkFlags({
  space: { type: 'string', array: true },
  label: { type: 'string' },
  rps: { type: 'number' },
});

test('lists may be given more than once, single values not', () => {
  expect(check({ space: ['A', 'B'], label: 'x', rps: 3 })).toBe(true);
  expect(() => check({ label: ['x', 'y'] })).toThrow('--label is given more than once.');
});

test('a number must be one', () => {
  expect(() => check({ rps: NaN })).toThrow('--rps must be a number, without a unit.');
});
