import { expect, test } from '@jest/globals';
import { z } from 'zod';
import {
  Count,
  Id,
  optional,
  Status,
  Text,
  textOr,
  Time,
  versionNumber,
} from '../../../lib/confluence/wire/common.js';

test.each([
  ['1', '1'],
  ['98306', '98306'],
  ['att7', 'att7'],
  [98306, '98306'],
  [Number.MAX_SAFE_INTEGER, String(Number.MAX_SAFE_INTEGER)],
])('%j is the id %s', (value, id) => {
  expect(Id.parse(value)).toBe(id);
});

test.each([
  '',
  '0',
  '07',
  'att',
  'att0',
  'x7',
  '7x',
  'xatt7',
  '7\n8',
  0,
  -7,
  1.5,
  true,
  null,
  undefined,
  {},
  [],
])('%j is no id', (value) => {
  expect(Id.safeParse(value).error?.issues[0]?.message).toMatch(/no id|Invalid input/);
});

test('a number that has lost its last digits is no id, and that is said', () => {
  const { error } = z.object({ id: Id }).safeParse({ id: 2 ** 53 });
  expect(JSON.stringify(error?.issues)).toContain('too large a number');
});

test('what is of no id says so', () => {
  expect(Id.safeParse('seven').error?.issues).toMatchObject([{ message: 'no id' }]);
});

test.each([
  ['text', 'text'],
  ['', ''],
  [7, undefined],
  [null, undefined],
  [undefined, undefined],
  [{}, undefined],
])('of %j the text is %j', (value, expected) => {
  expect(Text.parse(value)).toBe(expected);
  expect(textOr('none').parse(value)).toBe(expected ?? 'none');
});

test.each([
  [7, 7],
  [0, 0],
  ['18', 18],
  ['', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['18 B', undefined],
  ['B18', undefined],
  [null, undefined],
  [undefined, undefined],
  [true, undefined],
])('of %j the count is %j', (value, expected) => {
  expect(Count.parse(value)).toBe(expected);
});

test('what is optional is undefined when it is absent, null or of another type; else it is decoded', () => {
  const Row = z.object({ inner: optional(z.object({ id: Id })) });
  expect(Row.parse({ inner: { id: 7, more: true } })).toEqual({ inner: { id: '7' } });
  for (const odd of [{}, { inner: null }, { inner: 'x' }, { inner: { id: 'x' } }])
    expect(Row.parse(odd).inner).toBeUndefined();
});

test.each([
  ['CURRENT', 'current'],
  ['Trashed', 'trashed'],
  ['', ''],
  [undefined, 'current'],
  [null, 'current'],
  [7, 'current'],
])('of %j the status is %j', (value, expected) => {
  expect(Status.parse(value)).toBe(expected);
});

test.each([
  ['2024-03-16T10:00:00.000Z', '2024-03-16T10:00:00.000Z'],
  ['2024-03-16T10:00:00Z', '2024-03-16T10:00:00Z'],
  ['2024-03-16T23:00:00.000-07:00', '2024-03-17T06:00:00.000Z'],
  ['2024-03-16', '2024-03-16T00:00:00.000Z'],
  ['2024-13-16T10:00:00Z', undefined],
  ['Sat, 16 Mar 2024 10:00:00 GMT', undefined],
  ['+010000-01-01T00:00:00Z', undefined],
  ['x2024-03-16', undefined],
  ['', undefined],
  [1710583200000, undefined],
  [null, undefined],
  [undefined, undefined],
])('of %j the time is %j', (value, expected) => {
  expect(Time.parse(value)).toBe(expected);
});

test.each([
  [{ number: 7 }, 7],
  [{ number: undefined }, 0],
  [undefined, 0],
])('of the version %j the number is %i', (version, expected) => {
  expect(versionNumber(version)).toBe(expected);
});
