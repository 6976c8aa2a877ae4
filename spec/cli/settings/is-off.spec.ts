import { expect, test } from '@jest/globals';
import { isOff } from '../../../lib/cli/settings/is-off.js';

test.each([false, 'off', 'OFF', 'no', 'false'])('%j ends a narrowing', (value) => {
  expect(isOff(value)).toBe(true);
});

test.each(['', '0', 'on', 'none', 'offer', true, undefined])('%j does not', (value) => {
  expect(isOff(value)).toBe(false);
});
