import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createGrace, type Grace } from '../../../lib/pull/governor/grace.js';

let grace: Grace;

beforeEach(() => {
  jest.useFakeTimers();
  grace = createGrace();
});

afterEach(() => {
  grace.dispose();
  jest.useRealTimers();
});

test('what is in flight has ten seconds from the first stop on', () => {
  grace.begin();
  jest.advanceTimersByTime(9_000);
  grace.begin();
  expect(grace.ending.aborted).toBe(false);
  jest.advanceTimersByTime(1_000);
  expect(grace.ending.aborted).toBe(true);
});

test('without a stop it has all the time, and after the run nothing waits', () => {
  jest.advanceTimersByTime(3_600_000);
  expect(grace.ending.aborted).toBe(false);
  grace.begin();
  grace.begin();
  grace.dispose();
  expect(jest.getTimerCount()).toBe(0);
  expect(grace.ending.aborted).toBe(true);
});
