import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Observable,
  concat,
  concatMap,
  from,
  lastValueFrom,
  map,
  of,
  throwError,
  timer,
  toArray,
} from 'rxjs';
import type { ListingPage } from '../../../lib/confluence/walk.js';
import { fromBothEnds$ } from '../../../lib/pull/inventory/from-both-ends.js';
import { marbles } from '../../support/marbles.js';

type Page = ListingPage<{ readonly id: string }>;

const page = (ids: readonly number[], isLast = false): Page => ({
  items: ids.map((id) => ({ id: String(id) })),
  ...(!isLast && { next: 'more' }),
});

/** Pages of so many ids each. */
const pagesOf = (ids: readonly number[], size: number): Page[] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, i) =>
    page(ids.slice(i * size, (i + 1) * size), (i + 1) * size >= ids.length),
  );

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

const A = {
  a: page([1, 2]),
  b: page([3, 4]),
  c: page([5, 6]),
  d: page([7, 8]),
  e: page([9, 10]),
  f: page([11, 12]),
  g: page([13, 14], true),
};
const Z = { z: page([14, 13]), y: page([12, 11]), x: page([10, 9]), w: page([8, 7]) };

test('a short listing is read from one end only', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const up = cold('-a-b-c-(g|)', A);
    const down = cold('-z', Z);
    expectObservable(fromBothEnds$(up, down)).toBe('-a-b-c-(g|)', A);
    expectSubscriptions(down.subscriptions).toBe([]);
  }));

test('pages without items do not make a listing long', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const pages = { ...A, m: page([]) };
    const up = cold('-a-m-m-m-m-b-m-(g|)', pages);
    const down = cold('-z', Z);
    expectObservable(fromBothEnds$(up, down)).toBe('-a-m-m-m-m-b-m-(g|)', pages);
    expectSubscriptions(down.subscriptions).toBe([]);
  }));

test('a long listing ends where the walks from both ends meet', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const up = cold('  -a-b-c-d---e--f--(g|)', A);
    const down = cold('       -z-y-x-w-', Z);
    expectObservable(fromBothEnds$(up, down)).toBe('-a-b-c-dz-ye(x|)', { ...A, ...Z });
    expectSubscriptions(up.subscriptions).toBe('   ^-----------!');
    expectSubscriptions(down.subscriptions).toBe(' -------^----!');
  }));

test.each<[string, string, Readonly<Record<string, Page>>]>([
  ['goes in the other direction, as the wiki does not heed it', '-a-b-c', A],
  ['repeats an item', '-z-z', Z],
  ['fails', '-z-#', Z],
  ['ends early', '-z-|', Z],
  ['leaves out items', '-z-y-x', { z: page([14, 12]), y: page([10, 8]), x: page([6, 4]) }],
  ['tells of others', '-z-y-x', { z: page([14, 13, 12, 11]), y: page([9, 7]), x: page([5, 3]) }],
  ['is empty', '-(m|)', { m: page([]) }],
])('nothing is left out when the walk from the end %s', (_, diagram, pages) =>
  marbles(({ cold, flush }) => {
    const ids: string[] = [];
    let isComplete = false;
    fromBothEnds$(cold('-a-b-c-d--e--f--(g|)', A), cold(diagram, pages)).subscribe({
      next: ({ items }) => ids.push(...items.map(({ id }) => id)),
      complete: () => {
        isComplete = true;
      },
    });
    flush();
    expect(isComplete).toBe(true);
    expect([...new Set(ids)].sort((a, b) => Number(a) - Number(b))).toEqual(upTo(14).map(String));
  }),
);

test('a listing that begins anew on its way is read to its end', () =>
  marbles(({ cold, expectObservable }) => {
    const up = cold('-a-b-c-d-a-b-c-d-e-f-(g|)', A);
    const down = cold('-----z-y-x-w', Z);
    expectObservable(fromBothEnds$(up, down)).toBe('-a-b-c-d-a-b-c-d-e-f-(g|)', { ...A, ...Z });
  }));

test('what the walk from the start cannot get past, ends both', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const down = cold('-z----', Z);
    expectObservable(fromBothEnds$(cold('-a-b-c-d----#', A), down)).toBe('-a-b-c-dz---#', { ...A, ...Z });
    expectSubscriptions(down.subscriptions).toBe('-------^----!');
  }));

/** Pages that come one after another, each after so many ms. */
const paced$ = (pages: readonly Page[], ms: number): Observable<Page> =>
  from(pages).pipe(concatMap((each) => timer(ms).pipe(map(() => each))));

test('whatever the sizes and speeds, and whatever the wiki makes of the direction, nothing is left out', () => {
  const walks = fc.record({
    count: fc.integer({ min: 0, max: 60 }),
    sizes: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
    paces: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
    heeds: fc.boolean(),
    failsAfter: fc.option(fc.integer({ min: 0, max: 5 })),
  });
  fc.assert(
    fc.property(walks, ({ count, sizes: [up, down], paces, heeds, failsAfter }) =>
      marbles(({ flush }) => {
        const ids = upTo(count);
        const downwards = pagesOf(heeds ? [...ids].reverse() : ids, down);
        const down$ =
          failsAfter === null
            ? paced$(downwards, paces[1])
            : concat(
                paced$(downwards.slice(0, failsAfter), paces[1]),
                throwError(() => new Error('no')),
              );
        const found = new Set<number>();
        let isComplete = false;
        fromBothEnds$(paced$(pagesOf(ids, up), paces[0]), down$).subscribe({
          next: ({ items }) => items.forEach(({ id }) => found.add(Number(id))),
          complete: () => {
            isComplete = true;
          },
        });
        flush();
        expect(isComplete).toBe(true);
        expect([...found].sort((a, b) => a - b)).toEqual(ids);
      }),
    ),
  );
});

test('pages that come at once meet, too', async () => {
  const pages$ = fromBothEnds$(of(...pagesOf(upTo(40), 3)), of(...pagesOf(upTo(40).reverse(), 5)));
  const ids = (await lastValueFrom(pages$.pipe(toArray()))).flatMap(({ items }) => items.map(({ id }) => id));
  expect(new Set(ids).size).toBe(40);
});
