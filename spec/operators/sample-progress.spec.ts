import { expect, test } from '@jest/globals';
import { EMPTY, connect, merge, of } from 'rxjs';
import { sampleProgress } from '../../lib/operators/sample-progress.js';
import { marbles } from '../support/marbles.js';

const count = (state: number): number => state + 1;
const COUNTS = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5 };

test('gives the first state at once, then the latest one every everyMs, and the final one at completion', () =>
  marbles(({ hot, expectObservable, expectSubscriptions, scheduler }) => {
    const source = hot('-abc------d-e|  ');
    const subs = '      ^------------!  ';
    const expected = '  -1----3----4-(5|)';
    const result = source.pipe(sampleProgress(count, 0, { everyMs: 5, scheduler }));
    expectObservable(result).toBe(expected, COUNTS);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

test('gives nothing while the state stays the same', () =>
  marbles(({ hot, expectObservable, scheduler }) => {
    const source = hot('abac-----a----|');
    const expected = '  1----2--------|';
    const countB = (state: number, value: string): number =>
      value === 'a' ? 1 : state + Number(value === 'b');
    const keepMax = (state: number, value: string): number => Math.max(state, countB(state, value));
    const result = source.pipe(sampleProgress(keepMax, 0, { everyMs: 5, scheduler }));
    expectObservable(result).toBe(expected, COUNTS);
  }));

test('an error passes on at once, without a final state', () =>
  marbles(({ hot, expectObservable, scheduler }) => {
    const source = hot('ab-#');
    const expected = '  1--#';
    const result = source.pipe(sampleProgress(count, 0, { everyMs: 5, scheduler }));
    expectObservable(result).toBe(expected, COUNTS);
  }));

test('what reduce throws is an error', () =>
  marbles(({ hot, expectObservable, expectSubscriptions, scheduler }) => {
    const source = hot('-a-');
    const fail = (): number => {
      throw new Error('no');
    };
    const result = source.pipe(sampleProgress(fail, 0, { everyMs: 5, scheduler }));
    expectObservable(result).toBe('-#', undefined, new Error('no'));
    expectSubscriptions(source.subscriptions).toBe('^!');
  }));

test('unsubscribing ends the sampling', () =>
  marbles(({ hot, expectObservable, expectSubscriptions, scheduler }) => {
    const source = hot('ab------');
    const unsub = '     ---!    ';
    const result = source.pipe(sampleProgress(count, 0, { everyMs: 5, scheduler }));
    expectObservable(result, unsub).toBe('1', COUNTS);
    expectSubscriptions(source.subscriptions).toBe('^--!');
  }));

test('a synchronous source gives its first and its final state, an empty one none', () =>
  marbles(({ expectObservable, scheduler }) => {
    const sample = sampleProgress(count, 0, { everyMs: 5, scheduler });
    expectObservable(of('a', 'b', 'c').pipe(sample)).toBe('(13|)', COUNTS);
    expectObservable(of('a').pipe(sample)).toBe('(1|)', COUNTS);
    expectObservable(EMPTY.pipe(sample)).toBe('|');
  }));

test('shares the source with its own values through connect', async () => {
  const seen: unknown[] = [];
  const sample = sampleProgress(count, 0, { everyMs: 1000 });
  await of('a', 'b')
    .pipe(connect((shared$) => merge(shared$, shared$.pipe(sample))))
    .forEach((value) => seen.push(value));
  expect(seen).toEqual(['a', 1, 'b', 2]);
});
