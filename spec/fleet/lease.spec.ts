import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Subscription } from 'rxjs';
import { type Beat, createLease } from '../../lib/fleet/lease.js';

const TIMEOUT = 8000;

let answers: Beat[];
let beats: number[];
let told: string[];
let beating: Subscription;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  [answers, beats, told] = [[], [], []];
  const lease = createLease(() => {
    beats.push(Date.now());
    return Promise.resolve(answers[beats.length - 1] ?? 'unanswered');
  }, TIMEOUT);
  lease.soft$.subscribe(() => told.push(`soft ${Date.now()}`));
  lease.hard$.subscribe(() => told.push(`hard ${Date.now()}`));
  beating = lease.beats$.subscribe();
});

afterEach(() => {
  beating.unsubscribe();
  jest.useRealTimers();
});

test('a lease whose heartbeats are taken goes on', async () => {
  answers = Array.from({ length: 100 }, () => 'taken');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(beats.slice(0, 3)).toEqual([0, 1000, 2000]);
  expect(told).toEqual([]);
});

test('an engine that never answers ends it before the engine may give the tenant away', async () => {
  await jest.advanceTimersByTimeAsync(TIMEOUT);
  expect(told).toEqual(['soft 4000', 'hard 6400']);
});

test('counted is from when the last heartbeat that was taken was sent', async () => {
  answers = ['taken', 'taken', 'taken'];
  await jest.advanceTimersByTimeAsync(2000 + TIMEOUT);
  expect(told).toEqual(['soft 6000', 'hard 8400']);
});

test('an engine that answers again in time is forgiven', async () => {
  answers = [
    'taken',
    'unanswered',
    'unanswered',
    'unanswered',
    ...Array.from({ length: 9 }, (): Beat => 'taken'),
  ];
  await jest.advanceTimersByTimeAsync(12_000);
  expect(told).toEqual(['soft 4000']);
});

test('a cancelled activity stops softly, a lost one at once', async () => {
  answers = ['taken', 'cancelled', 'lost'];
  await jest.advanceTimersByTimeAsync(2000);
  expect(told).toEqual(['soft 1000', 'hard 2000']);
});
