import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { withDeadlines } from '../../lib/confluence/media-deadlines.js';

const TIMEOUT_MS = 1_000;

/** Lets streams, which live on ticks, do what they have to do. */
const settle = (): Promise<void> => new Promise(setImmediate);

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});

afterEach(() => {
  jest.useRealTimers();
});

test('a stream that falls silent is given up, and its source destroyed', async () => {
  const source = new PassThrough();
  const watched = withDeadlines(source, TIMEOUT_MS).resume();
  source.write('some');
  await settle();
  const failed = once(watched, 'error');
  jest.advanceTimersByTime(TIMEOUT_MS);
  expect(await failed).toMatchObject([
    { code: 'media-connection', message: expect.stringContaining('1000 ms') },
  ]);
  expect(source.destroyed).toBe(true);
});

test('a stream that never begins is given up, too', async () => {
  const watched = withDeadlines(new PassThrough(), TIMEOUT_MS);
  const failed = once(watched, 'error');
  jest.advanceTimersByTime(TIMEOUT_MS);
  expect(await failed).toHaveLength(1);
});

test('slow is not silent: each byte begins the deadline anew', async () => {
  const source = new PassThrough();
  const bytes = buffer(withDeadlines(source, TIMEOUT_MS));
  for (const letter of 'slowly') {
    source.write(letter);
    await settle();
    jest.advanceTimersByTime(TIMEOUT_MS - 1);
  }
  source.end();
  expect(String(await bytes)).toBe('slowly');
  expect(jest.getTimerCount()).toBe(0);
});

/** Bytes that come one by one, each in time, and never end; when they are given up. */
const givenUpAfterMs = async (lengthBytes?: number): Promise<number> => {
  const source = new PassThrough();
  const watched = withDeadlines(source, TIMEOUT_MS, lengthBytes).resume();
  const failed = once(watched, 'error');
  const startMs = Date.now();
  while (!watched.destroyed) {
    source.write('x');
    await settle();
    jest.advanceTimersByTime(TIMEOUT_MS / 2);
  }
  expect(await failed).toMatchObject([
    { code: 'media-connection', message: expect.stringContaining('slowly') },
  ]);
  expect(source.destroyed).toBe(true);
  expect(jest.getTimerCount()).toBe(0);
  return Date.now() - startMs;
};

test('a file that comes in drops is let go after ten time-outs and a second for each 16 KB', async () => {
  expect(await givenUpAfterMs(0)).toBe(10 * TIMEOUT_MS);
  expect(await givenUpAfterMs(160_000)).toBe(10 * TIMEOUT_MS + 10_000);
});

test('a deadline that no timer reaches is cut to what one does', () => {
  const watched = withDeadlines(new PassThrough(), 2 ** 31 - 1, Number.MAX_SAFE_INTEGER);
  jest.advanceTimersByTime(1_000_000);
  expect(watched.destroyed).toBe(false);
  watched.destroy();
});

test('an error of the source passes, and no timer is left', async () => {
  const source = new PassThrough();
  const watched = withDeadlines(source, TIMEOUT_MS);
  const failed = once(watched, 'error');
  const reason = new Error('reset');
  source.destroy(reason);
  expect(await failed).toEqual([reason]);
  expect(jest.getTimerCount()).toBe(0);
});

test('destroying it destroys the source', async () => {
  const source = new PassThrough();
  withDeadlines(source, TIMEOUT_MS).destroy();
  await settle();
  expect(source.destroyed).toBe(true);
  expect(jest.getTimerCount()).toBe(0);
});
