import { expect, jest, test } from '@jest/globals';
import { VirtualTimeScheduler, throwError } from 'rxjs';
import { retryWithJitter } from '../../lib/operators/retry-with-jitter.js';
import { marbles } from '../support/marbles.js';

const config = { retries: 3, baseMs: 4, capMs: 10, random: () => 0.5, isRetryable: () => true };

test('subscribes again after growing delays up to the cap, then passes the last error on', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('a#                ');
    const subs = ['      ^!                ', '---^!', '--------^!', '--------------^!'];
    const expected = '   a--a----a-----a#  ';
    expectObservable(source.pipe(retryWithJitter(config))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

test('the jitter comes on top of what the error asks to wait', () =>
  marbles(({ cold, expectObservable, flush }) => {
    const onRetry = jest.fn();
    const source = cold('#      ');
    const expected = '   -------#';
    const minDelayMs = (error: unknown): number => (error === 'error' ? 5 : 0);
    const result = source.pipe(retryWithJitter({ ...config, retries: 1, minDelayMs, onRetry }));
    expectObservable(result).toBe(expected);
    flush();
    expect(onRetry.mock.calls).toEqual([[{ attempt: 1, delayMs: 7, error: 'error' }]]);
  }));

test('an error that is not retryable passes at once', () =>
  marbles(({ cold, expectObservable, expectSubscriptions, flush }) => {
    const onRetry = jest.fn();
    const source = cold('-a-#');
    const subs = '       ^--!';
    const result = source.pipe(retryWithJitter({ ...config, isRetryable: () => false, onRetry }));
    expectObservable(result).toBe('-a-#');
    flush();
    expectSubscriptions(source.subscriptions).toBe(subs);
    expect(onRetry).not.toHaveBeenCalled();
  }));

test('a source that completes is mirrored; unsubscribing while waiting starts no retry', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    expectObservable(cold('-a-|').pipe(retryWithJitter(config))).toBe('-a-|');
    const failing = cold('#');
    const unsub = '       -!';
    expectObservable(failing.pipe(retryWithJitter(config)), unsub).toBe('-');
    expectSubscriptions(failing.subscriptions).toBe('(^!)');
  }));

test('delays run on the given scheduler', () => {
  const scheduler = new VirtualTimeScheduler();
  const error = jest.fn();
  throwError(() => new Error('no'))
    .pipe(retryWithJitter({ ...config, retries: 2, scheduler }))
    .subscribe({ error });
  expect(error).not.toHaveBeenCalled();
  scheduler.flush();
  expect(error).toHaveBeenCalledTimes(1);
  expect(scheduler.now()).toBe(6);
});
