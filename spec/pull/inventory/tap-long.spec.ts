import { expect, test } from '@jest/globals';
import { from, lastValueFrom, toArray } from 'rxjs';
import { tapLong } from '../../../lib/pull/inventory/tap-long.js';

/** What is told of a walk whose pages have these items. */
const walk = (pages: readonly (readonly string[])[]) => {
  const told: (readonly string[])[] = [];
  const walked$ = from(pages.map((items) => ({ items }))).pipe(tapLong<string>((first) => told.push(first)));
  const passed = () => lastValueFrom(walked$.pipe(toArray()));
  return { told, passed };
};

test.each([
  [[], []],
  [[['a'], ['b'], ['c']], []],
  [[['a'], ['b'], ['c'], ['d']], [['a']]],
  [[['a', 'b'], ['c'], ['d'], ['e'], ['f'], ['g'], ['h'], ['i'], ['j']], [['a', 'b']]],
  [[[], ['a'], [], ['b'], [], ['c'], []], []],
  [[[], ['a'], [], ['b'], [], ['c'], [], ['d']], [['a']]],
])('of the pages %j this is told as soon as they are many: %j', async (pages, expected) => {
  const { told, passed } = walk(pages);
  expect(await passed()).toEqual(pages.map((items) => ({ items })));
  expect(told).toEqual(expected);
});

test('each walk is told of by itself', async () => {
  const { told, passed } = walk([['a'], ['b'], ['c'], ['d']]);
  await passed();
  await passed();
  expect(told).toEqual([['a'], ['a']]);
});
