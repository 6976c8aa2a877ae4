import { expect, test } from '@jest/globals';
import { BehaviorSubject, EMPTY, NEVER, Subject, lastValueFrom, of, throwError, toArray } from 'rxjs';
import { mergeOnDemand$ } from '../../lib/operators/merge-on-demand.js';

/** Items that tell which of them were asked for. */
const counting = (count: number) => {
  const asked: number[] = [];
  let isReturned = false;
  const items: Iterable<number> = {
    *[Symbol.iterator]() {
      try {
        for (let i = 1; i <= count; i += 1) {
          asked.push(i);
          yield i;
        }
      } finally {
        isReturned = true;
      }
    },
  };
  return { items, asked, isReturned: () => isReturned };
};

test('an item is asked for only when there is room for it', () => {
  const { items, asked } = counting(10);
  const limit$ = new BehaviorSubject(2);
  const running: Subject<number>[] = [];
  const work = (): Subject<number> => {
    const inner = new Subject<number>();
    running.push(inner);
    return inner;
  };
  const subscription = mergeOnDemand$(items, work, { limit$ }).subscribe();
  expect(asked).toEqual([1, 2]);
  running[0]?.complete();
  expect(asked).toEqual([1, 2, 3]);
  limit$.next(5);
  expect(asked).toEqual([1, 2, 3, 4, 5, 6]);
  limit$.next(1);
  running[1]?.complete();
  expect(asked).toEqual([1, 2, 3, 4, 5, 6]);
  subscription.unsubscribe();
});

test('all of them come, in their order where one follows the other, and then the end', async () => {
  const { items } = counting(20_000);
  const work$ = mergeOnDemand$(items, (i) => of(i), { limit$: of(1) });
  expect(await lastValueFrom(work$.pipe(toArray()))).toEqual(Array.from({ length: 20_000 }, (_, i) => i + 1));
});

test('none are an end at once', async () => {
  expect(await lastValueFrom(mergeOnDemand$([], () => NEVER, { limit$: of(3) }).pipe(toArray()))).toEqual([]);
});

test('a drain lets those that run end, and asks for no more', () => {
  const { items, asked, isReturned } = counting(10);
  const [drain$, inner, seen] = [new Subject<void>(), new Subject<string>(), new Array<string>()];
  mergeOnDemand$(items, () => inner, { limit$: of(1), drain$ }).subscribe({
    next: (value) => seen.push(value),
    complete: () => seen.push('end'),
  });
  drain$.next();
  inner.next('last');
  inner.complete();
  expect([seen, asked, isReturned()]).toEqual([['last', 'end'], [1], true]);
});

test('who leaves asks for no more', () => {
  const { items, asked, isReturned } = counting(10);
  mergeOnDemand$(items, () => NEVER, { limit$: of(2) })
    .subscribe()
    .unsubscribe();
  expect([asked, isReturned()]).toEqual([[1, 2], true]);
});

test.each([
  [
    'the items',
    {
      [Symbol.iterator]: () => {
        throw new Error('no');
      },
    },
    () => EMPTY,
    of(1),
  ],
  ['an inner Observable', [1], () => throwError(() => new Error('no')), of(1)],
  ['the limit', [1], () => NEVER, throwError(() => new Error('no'))],
])('an error of %s ends all', async (_, items, work, limit$) => {
  await expect(lastValueFrom(mergeOnDemand$<number, never>(items, work, { limit$ }))).rejects.toThrow('no');
});
