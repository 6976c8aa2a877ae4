import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { BehaviorSubject, EMPTY, NEVER, Observable, Subject, concat, of, range, throwError } from 'rxjs';
import { fromAsyncIterable$ } from '../../lib/operators/from-async-iterable.js';
import { toAsyncIterable } from '../../lib/operators/to-async-iterable.js';

const collect = async <T>(values: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
};

/** Numbers from 0 while they are wanted, and how many were made. */
const counting = (demand$: Observable<boolean>) => {
  let made = 0;
  async function* numbers() {
    for (;;) {
      await Promise.resolve();
      yield made++;
    }
  }
  return { numbers$: fromAsyncIterable$(numbers(), { demand$ }), made: () => made };
};

test('gives all values, those that come at once too, and ends', async () => {
  expect(await collect(toAsyncIterable(range(1, 3)))).toEqual([1, 2, 3]);
  expect(await collect(toAsyncIterable(EMPTY))).toEqual([]);
});

test('an error comes after the values before it, once', async () => {
  const iterator = toAsyncIterable(
    concat(
      of(1),
      throwError(() => new Error('broken')),
    ),
  )[Symbol.asyncIterator]();
  expect(await iterator.next()).toEqual({ done: false, value: 1 });
  await expect(iterator.next()).rejects.toThrow('broken');
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
});

test('values are given in the order in which they were asked for, asked for at once or late', async () => {
  const source = new Subject<number>();
  const iterator = toAsyncIterable(source)[Symbol.asyncIterator]();
  const asked = [iterator.next(), iterator.next(), iterator.next()];
  for (const value of [1, 2]) source.next(value);
  source.complete();
  expect((await Promise.all(asked)).map((result) => (result.done === true ? 'end' : result.value))).toEqual([
    1,
    2,
    'end',
  ]);
});

test('leaving the loop unsubscribes, an iteration that was never begun does not subscribe', async () => {
  let subscribed = 0;
  let ended = 0;
  const source = new Observable<number>((subscriber) => {
    subscribed += 1;
    subscriber.next(1);
    return () => {
      ended += 1;
    };
  });
  for await (const value of toAsyncIterable(source)) {
    expect([value, subscribed, ended]).toEqual([1, 1, 0]);
    break;
  }
  expect([subscribed, ended]).toEqual([1, 1]);
  await toAsyncIterable(source)[Symbol.asyncIterator]().return?.();
  expect(subscribed).toBe(1);
});

test('whoever waits for a value is released when the iteration is ended', async () => {
  const iterator = toAsyncIterable(NEVER)[Symbol.asyncIterator]();
  const waiting = iterator.next();
  await iterator.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

describe('demand', () => {
  test.each([0, 1, 5])('no more than %i values are made before they are asked for', async (highWaterMark) => {
    const demand = new BehaviorSubject(false);
    const { numbers$, made } = counting(demand);
    const iterator = toAsyncIterable(numbers$, { demand, highWaterMark })[Symbol.asyncIterator]();
    for (let taken = 1; taken <= 4; taken += 1) {
      await iterator.next();
      for (let turn = 0; turn < 20; turn += 1) await nextTurn();
      expect(made()).toBe(taken + highWaterMark);
    }
    await iterator.return?.();
  });

  test('a hundred thousand values pass through with one waiting at most', async () => {
    const demand = new BehaviorSubject(false);
    let count = 0;
    for await (const value of toAsyncIterable(counting(demand).numbers$, { demand })) {
      count += 1;
      if (value === 99_999) break;
    }
    expect([count, demand.value]).toEqual([100_000, false]);
  });
});
