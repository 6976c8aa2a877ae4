import { expect, test } from '@jest/globals';
import { chunks, uniqueById } from '../../lib/core/unique.js';

test('of equal ids the highest version stays, in first place', () => {
  const items = [
    { id: '1', version: 1 },
    { id: '2', version: 5 },
    { id: '1', version: 3 },
    { id: '2', version: 4 },
  ];
  expect(uniqueById(items)).toEqual([
    { id: '1', version: 3 },
    { id: '2', version: 5 },
  ]);
});

test('without versions the first stays', () => {
  expect(
    uniqueById([
      { id: '1', a: 1 },
      { id: '1', a: 2 },
    ]),
  ).toEqual([{ id: '1', a: 1 }]);
});

test.each([
  [[], 2, []],
  [[1, 2], 2, [[1, 2]]],
  [[1, 2, 3], 2, [[1, 2], [3]]],
])('%j in chunks of %i', (items, size, expected) => {
  expect(chunks(items, size)).toEqual(expected);
});
