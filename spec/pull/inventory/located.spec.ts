import { expect, test } from '@jest/globals';
import { defer, firstValueFrom, of } from 'rxjs';
import type { Whereabouts } from '../../../lib/core/departures.js';
import { staying$, titlesOf, whereaboutsBy } from '../../../lib/pull/inventory/located.js';
import { useSearch } from '../../support/searching.js';

const newSearch = useSearch();

const titled = (...titles: string[]) => titles.map((title, index) => ({ id: String(index + 1), title }));

test.each([
  [[], ''],
  [titled('A'), '"A"'],
  [titled('A', 'B', 'C'), '"A", "B", "C"'],
  [titled('A', 'B', 'C', 'D'), '"A", "B", "C" and 1 more'],
  [titled('A', 'B', 'C', 'D', 'E', 'F', 'G'), '"A", "B", "C" and 4 more'],
  [titled('A', ''), '"A", "2"'],
  [[{ id: '7' }], '"7"'],
])('%j are told as %j', (items, text) => {
  expect(titlesOf(items)).toBe(text);
});

test.each<[string | undefined, Whereabouts]>([
  ['current', 'alive'],
  ['trashed', 'gone'],
  [undefined, 'unseen'],
])('the status %j says %s, and nothing is told', (status, where) => {
  const { run } = newSearch();
  expect(whereaboutsBy(run, 'attachment', 'att7', status)).toBe(where);
  expect(run.incomplete()).toEqual([]);
});

test('a status that says nothing is told with what it is and whose', () => {
  const { run } = newSearch();
  expect(whereaboutsBy(run, 'attachment', 'att7', 'frozen')).toBe('unknown');
  expect(run.incomplete()).toMatchObject([
    {
      of: 'attachment',
      code: 'malformed-response',
      message: 'The wiki gives attachment att7 the status "frozen", which does not say whether it is there.',
    },
  ]);
});

const PLACES: readonly Whereabouts[] = ['alive', 'gone', 'outside', 'unknown', 'unseen'];

/** Which places keep an item, and how often it was asked whether what is unseen may leave. */
const staying = async (places: readonly Whereabouts[], mayLoseUnseen: boolean) => {
  let asked = 0;
  const mayLoseUnseen$ = defer(() => {
    asked += 1;
    return of(mayLoseUnseen);
  });
  const { search } = newSearch();
  const looks = places.map((where) => ({ item: where, where }));
  return { stay: await firstValueFrom(staying$({ ...search, mayLoseUnseen$ }, looks)), asked };
};

test.each([
  [PLACES, true, ['alive', 'unknown'], 1],
  [PLACES, false, ['alive', 'unknown', 'unseen'], 1],
  [['unseen'], true, [], 1],
  [['unseen'], false, ['unseen'], 1],
  [['alive', 'gone', 'unknown'], false, ['alive', 'unknown'], 0],
  [[], false, [], 0],
] as const)('of %j, where what is unseen may leave: %j, these stay: %j', async (places, may, stay, asked) => {
  expect(await staying(places, may)).toEqual({ stay, asked });
});
