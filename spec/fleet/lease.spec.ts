import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Subscription } from 'rxjs';
import { type Beat, createLease, type Lease } from '../../lib/fleet/lease.js';

const TIMEOUT = 8000;

let answers: Beat[];
let beats: number[];
let told: string[];
let beating: Subscription;
let lease: Lease;

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  [answers, beats, told] = [[], [], []];
  lease = createLease(() => {
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

test('a tenant is held from the first heartbeat that is taken, whoever asks when', async () => {
  answers = ['unanswered', 'taken', 'taken'];
  const held: string[] = [];
  lease.held$.subscribe(() => held.push(`early ${Date.now()}`));
  await jest.advanceTimersByTimeAsync(2500);
  lease.held$.subscribe(() => held.push(`late ${Date.now()}`));
  expect(held).toEqual(['early 1000', 'late 2500']);
});

test('a tenant that was given away meanwhile is never held, and whoever asks late learns of its end', async () => {
  answers = ['lost'];
  const ends: string[] = [];
  lease.held$.subscribe(() => ends.push('held'));
  await jest.advanceTimersByTimeAsync(1);
  lease.hard$.subscribe(() => ends.push('hard'));
  expect(ends).toEqual(['hard']);
});
