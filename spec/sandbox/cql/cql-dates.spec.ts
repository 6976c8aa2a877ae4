import { describe, expect, test } from '@jest/globals';

import { spanOf } from '../../../lib/sandbox/cql/cql-dates.js';

const now = Date.parse('2026-03-10T12:34:56.789Z');
const span = (text: string, timeZone = 'UTC', call?: string) => {
  const { from, to } = spanOf(call === undefined ? { text } : { text, call }, { now, timeZone });
  return [new Date(from).toISOString(), new Date(to).toISOString()];
};

describe('spanOf', () => {
  test.each([
    ['2026-01-02 03:04', 'UTC', '2026-01-02T03:04:00.000Z', '2026-01-02T03:05:00.000Z'],
    ['2026/01/02 03:04', 'UTC', '2026-01-02T03:04:00.000Z', '2026-01-02T03:05:00.000Z'],
    ['2026-01-02', 'UTC', '2026-01-02T00:00:00.000Z', '2026-01-03T00:00:00.000Z'],
    ['2026-01-02 03:04', 'America/Los_Angeles', '2026-01-02T11:04:00.000Z', '2026-01-02T11:05:00.000Z'],
    ['2026-07-02 03:04', 'America/Los_Angeles', '2026-07-02T10:04:00.000Z', '2026-07-02T10:05:00.000Z'],
    ['2026-01-02 03:04', 'Asia/Kolkata', '2026-01-01T21:34:00.000Z', '2026-01-01T21:35:00.000Z'],
    ['2026-03-08', 'America/Los_Angeles', '2026-03-08T08:00:00.000Z', '2026-03-09T07:00:00.000Z'],
  ])('%s in %s', (text, zone, from, to) => {
    expect(span(text, zone)).toEqual([from, to]);
  });

  test.each([
    ['', '2026-03-10T12:34:00.000Z'],
    ['-5m', '2026-03-10T12:29:00.000Z'],
    ['-2h', '2026-03-10T10:34:00.000Z'],
    ['-1d', '2026-03-09T12:34:00.000Z'],
    ['-1w', '2026-03-03T12:34:00.000Z'],
    ['1h', '2026-03-10T13:34:00.000Z'],
  ])('now("%s") is the same in every zone, to the minute', (text, from) => {
    expect(span(text, 'America/Los_Angeles', 'now')[0]).toBe(from);
    expect(span(text, 'Asia/Tokyo', 'now')[0]).toBe(from);
  });

  test.each(['2026-01-02 03:04:05', '2026-01-02T03:04', 'yesterday', '2026-01/02', '03:04'])(
    'refuses %s',
    (text) => {
      expect(() => span(text)).toThrow('Could not parse cql');
    },
  );

  test('refuses other calls and other units', () => {
    expect(() => span('', 'UTC', 'startOfDay')).toThrow('Could not parse cql');
    expect(() => span('-5s', 'UTC', 'now')).toThrow('Could not parse cql');
  });
});
