import { expect, test } from '@jest/globals';
import { filterItems, type Items, joinItems } from '../../lib/core/items.js';

const told = <T>(items: Items<T>) => ({ length: items.length, items: [...items] });

test('joined items are those of both, as often as they are asked for', () => {
  const joined = joinItems([1, 2], [3]);
  expect([told(joined), told(joined)]).toEqual(Array(2).fill({ length: 3, items: [1, 2, 3] }));
});

test('filtered items are those that are meant, and so is their number', () => {
  const even = filterItems([1, 2, 3, 4], (each) => each % 2 === 0);
  expect([told(even), told(even)]).toEqual(Array(2).fill({ length: 2, items: [2, 4] }));
});

test('nothing is asked for before it is wanted', () => {
  const asked: number[] = [];
  const items: Items<number> = {
    length: 2,
    *[Symbol.iterator]() {
      for (const each of [1, 2]) {
        asked.push(each);
        yield each;
      }
    },
  };
  const [first] = joinItems(items, []);
  expect([first, asked]).toEqual([1, [1]]);
});
