import { expect, test } from '@jest/globals';
import { mergeMap, of } from 'rxjs';
import { adaptiveMergeMap } from '../../lib/operators/adaptive-merge-map.js';
import { settle } from '../../lib/operators/settle.js';
import { marbles } from '../support/marbles.js';

const fulfilled = (value: string) => ({ status: 'fulfilled', value });
const rejected = (input: string, reason: unknown) => ({ status: 'rejected', reason, input });

test('a failed item becomes a value and the lane goes on', () =>
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const source = hot('a-b---|    ');
    const subs = '      ^-----!    ';
    const a = cold('    -x#        ');
    const subsA = '     ^-!        ';
    const b = cold('      --y-z|   ');
    const subsB = '     --^----!   ';
    const expected = '  -xr-y-z|   ';
    const project = settle((key: string) => (key === 'a' ? a : b));
    expectObservable(source.pipe(adaptiveMergeMap(project, { limit$: of(1) }))).toBe(expected, {
      x: fulfilled('x'),
      y: fulfilled('y'),
      z: fulfilled('z'),
      r: rejected('a', 'error'),
    });
    expectSubscriptions(source.subscriptions).toBe(subs);
    expectSubscriptions(a.subscriptions).toBe(subsA);
    expectSubscriptions(b.subscriptions).toBe(subsB);
  }));

test('a fatal error stays an error', () =>
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const source = hot('a-b---|');
    const subs = '      ^--!   ';
    const inner = cold('---#   ');
    const isFatal = (error: unknown): boolean => error === 'error';
    expectObservable(source.pipe(mergeMap(settle(() => inner, { isFatal })))).toBe('---#');
    expectSubscriptions(source.subscriptions).toBe(subs);
    expectSubscriptions(inner.subscriptions).toBe(['^--!', '--^!']);
  }));

test('unsubscribing reaches the inner Observable', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const inner = cold('-x----');
    const unsub = '     ---!  ';
    expectObservable(of('a').pipe(mergeMap(settle(() => inner))), unsub).toBe('-x', { x: fulfilled('x') });
    expectSubscriptions(inner.subscriptions).toBe('^--!');
  }));

test('project gets the index; what it throws is settled as well', async () => {
  const reason = new Error('no');
  const seen: unknown[] = [];
  const project = settle((value: string, index: number) => {
    if (index === 1) throw reason;
    return [value + String(index)];
  });
  await of('a', 'b', 'c')
    .pipe(mergeMap(project))
    .forEach((settled) => seen.push(settled));
  expect(seen).toEqual([fulfilled('a0'), rejected('b', reason), fulfilled('c2')]);
});
