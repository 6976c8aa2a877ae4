import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { withDeadline } from '../../lib/confluence/deadline.js';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

test('aborts when the time is over, not before, and says so', () => {
  const deadline = withDeadline([], 1_000);
  jest.advanceTimersByTime(999);
  expect([deadline.signal.aborted, deadline.isOver()]).toEqual([false, false]);
  jest.advanceTimersByTime(1);
  expect([deadline.signal.aborted, deadline.isOver()]).toEqual([true, true]);
});

test('aborts with the outer signal, whose doing it then is', () => {
  const outer = new AbortController();
  const deadline = withDeadline([outer.signal], 1_000);
  outer.abort();
  expect([deadline.signal.aborted, deadline.isOver()]).toEqual([true, false]);
});

test('is aborted from the start when the outer signal is', () => {
  const deadline = withDeadline([AbortSignal.abort()], 1_000);
  expect([deadline.signal.aborted, deadline.isOver()]).toEqual([true, false]);
  deadline.clear();
});

test('once cleared nothing aborts it any more, and no timer is left', () => {
  const outer = new AbortController();
  const deadline = withDeadline([outer.signal], 1_000);
  deadline.clear();
  outer.abort();
  jest.advanceTimersByTime(10_000);
  expect([deadline.signal.aborted, deadline.isOver(), jest.getTimerCount()]).toEqual([false, false, 0]);
});

test('any of the outer signals aborts it, and it listens to none of them once it is cleared', () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const removed = jest.spyOn(first.signal, 'removeEventListener');
  const deadline = withDeadline([first.signal, second.signal], 1_000);
  second.abort();
  expect([deadline.signal.aborted, deadline.isOver()]).toEqual([true, false]);
  deadline.clear();
  expect(removed).toHaveBeenCalledTimes(1);
});
