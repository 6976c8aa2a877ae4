import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { BehaviorSubject, Subject, firstValueFrom, lastValueFrom, of, tap, throwError, toArray } from 'rxjs';
import { adaptiveMergeMap } from '../../lib/operators/adaptive-merge-map.js';
import { fromAsyncIterable$ } from '../../lib/operators/from-async-iterable.js';

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await nextTurn();
};

/** Numbers from 1 to `end`; tells what happened to it. */
const numbers = (end: number, failure?: Error) => {
  const log: string[] = [];
  async function* iterate() {
    try {
      for (let n = 1; n <= end; n += 1) {
        await Promise.resolve();
        log.push(`made ${n}`);
        yield n;
      }
      if (failure) throw failure;
    } finally {
      log.push('ended');
    }
  }
  return { iterable: { [Symbol.asyncIterator]: iterate }, log };
};

test('emits all values and completes; each subscription is an iteration of its own', async () => {
  const { iterable } = numbers(3);
  const all$ = fromAsyncIterable$(iterable).pipe(toArray());
  expect(await lastValueFrom(all$)).toEqual([1, 2, 3]);
  expect(await lastValueFrom(all$)).toEqual([1, 2, 3]);
});

test('an error of the iteration comes after the values before it', async () => {
  const { iterable } = numbers(1, new Error('broken'));
  const values: number[] = [];
  const all = lastValueFrom(fromAsyncIterable$(iterable).pipe(tap((n) => values.push(n))));
  await expect(all).rejects.toThrow('broken');
  expect(values).toEqual([1]);
});

test('unsubscribing ends the iteration', async () => {
  const { iterable, log } = numbers(100);
  expect(await firstValueFrom(fromAsyncIterable$(iterable))).toBe(1);
  await settled();
  expect(log.at(-1)).toBe('ended');
  expect(log.length).toBeLessThanOrEqual(3);
});

test('an iteration that fails at its end disturbs nobody who has left', async () => {
  const iterator: AsyncIterator<number> = {
    next: () => Promise.resolve({ done: false, value: 1 }),
    return: () => Promise.reject(new Error('cannot end')),
  };
  expect(await firstValueFrom(fromAsyncIterable$({ [Symbol.asyncIterator]: () => iterator }))).toBe(1);
  await settled();
});

describe('demand$', () => {
  test('nothing is asked for before there is a demand, and no more than is wanted', async () => {
    const demand$ = new BehaviorSubject(false);
    const { iterable, log } = numbers(10);
    const values: number[] = [];
    fromAsyncIterable$(iterable, { demand$ }).subscribe((n) => {
      values.push(n);
      if (n % 2 === 0) demand$.next(false);
    });
    await settled();
    expect(log).toEqual([]);
    for (const expected of [2, 4]) {
      demand$.next(true);
      await settled();
      expect([values.at(-1), log.at(-1)]).toEqual([expected, `made ${expected}`]);
    }
  });

  test('once it completes nothing holds the iteration back; its error is the result', async () => {
    const demand$ = new Subject<boolean>();
    const all = lastValueFrom(fromAsyncIterable$(numbers(3).iterable, { demand$ }).pipe(toArray()));
    demand$.complete();
    expect(await all).toEqual([1, 2, 3]);
    const broken = fromAsyncIterable$(numbers(3).iterable, { demand$: throwError(() => new Error('gone')) });
    await expect(lastValueFrom(broken)).rejects.toThrow('gone');
  });

  test('with a lane behind it a million values never wait', async () => {
    const demand = new BehaviorSubject(false);
    let made = 0;
    let done = 0;
    let mostWaiting = 0;
    async function* values() {
      while (made < 1_000_000) {
        made += 1;
        mostWaiting = Math.max(mostWaiting, made - done);
        yield made;
        if (made % 100_000 === 0) await nextTurn();
      }
    }
    await lastValueFrom(
      fromAsyncIterable$(values(), { demand$: demand }).pipe(
        adaptiveMergeMap((n) => of(n), { limit$: of(4), demand }),
        tap(() => {
          done += 1;
        }),
      ),
    );
    expect([done, mostWaiting]).toEqual([1_000_000, 1]);
  });
});
