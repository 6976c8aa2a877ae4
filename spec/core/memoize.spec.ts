import { expect, test } from '@jest/globals';
import { memoize } from '../../lib/core/memoize.js';

const counted = (most: number) => {
  const asked: string[] = [];
  const work = memoize((key) => {
    asked.push(key);
    return key === '' ? undefined : key.length;
  }, most);
  return { work, asked };
};

test('a result is worked out once, also one that is undefined', () => {
  const { work, asked } = counted(3);
  expect(['a', 'bb', 'a', '', ''].map((key) => work(key))).toEqual([1, 2, 1, undefined, undefined]);
  expect(asked).toEqual(['a', 'bb', '']);
});

test('the last results are remembered, so many of them; what was asked for long before is worked out again', () => {
  const { work, asked } = counted(2);
  ['a', 'b', 'c', 'b'].forEach((key) => work(key));
  expect(asked).toEqual(['a', 'b', 'c']);
  ['d', 'b', 'e', 'a'].forEach((key) => work(key));
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'e', 'a']);
});
