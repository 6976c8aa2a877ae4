import { expect, test } from '@jest/globals';
import { isCron } from '../../lib/fleet/cron.js';

test.each(['17 * * * *', '0 3 * * 1-5', '*/15 0-23/2 1,15 jan-MAR 7', '59 23 31 12 sun,SAT', ' 5  4 * * * '])(
  '%j is a schedule',
  (text) => expect(isCron(text)).toBe(true),
);

test.each([
  '',
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * * 13 *',
  '* * * * 8',
  '5-3 * * * *',
  '*/0 * * * *',
  '1, * * * *',
  'a * * * *',
  '* * * foo *',
  '@hourly',
])('%j is none', (text) => expect(isCron(text)).toBe(false));
