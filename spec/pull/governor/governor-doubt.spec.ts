import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { RateLimitWaitError } from '../../../lib/errors/rate-limit-wait-error.js';
import { BURST, governing, pass, QUOTA, START } from '../../support/governing.js';

beforeEach(() => {
  jest.useFakeTimers({ now: START });
});

afterEach(() => {
  jest.useRealTimers();
});

describe('while credentials are in doubt', () => {
  test('only the question who we are may leave', async () => {
    const { ask, answer, lanes } = governing();
    answer('pages', 401);
    ask('pages', 'users', 'identity', 'comments');
    await pass(600_000);
    expect(lanes()).toEqual(['identity']);
  });

  test('a verdict that they are good lets everything go on', async () => {
    const { governor, ask, answer, lanes } = governing();
    answer('pages', 401);
    ask('pages', 'users');
    governor.verdict(undefined);
    await pass();
    expect(lanes()).toEqual(['pages', 'users']);
  });

  test('a verdict that they are refused ends it: nothing leaves any more, whoever waits or comes', async () => {
    const { governor, ask, answer, lanes, refused } = governing({ start: 1 });
    ask('pages', 'pages', 'users');
    await pass();
    answer('pages', 401);
    const error = new CredentialsError('no');
    governor.verdict(error);
    ask('comments', 'identity');
    await pass(60_000);
    expect(lanes()).toEqual(['pages']);
    expect(refused).toEqual([error, error, error, error]);
  });

  test.each([404, 403, 500, 200])('%s is no doubt of the governor', async (status) => {
    const { ask, answer, lanes } = governing();
    answer('pages', status);
    ask('pages');
    await pass();
    expect(lanes()).toEqual(['pages']);
  });

  test('the answer to the question itself, and that of the media host, begin none', async () => {
    const { ask, answer, lanes } = governing();
    answer('identity', 401);
    answer('media', 401);
    ask('pages');
    await pass();
    expect(lanes()).toEqual(['pages']);
  });
});

describe('a retry', () => {
  test('rests until its time, and holds no place meanwhile', async () => {
    const { admit, ask, started } = governing({ start: 1 });
    admit('pages', { notBeforeMs: START + 5_000 });
    ask('pages');
    await pass();
    started[0]?.release();
    await pass(4_999);
    expect(started).toHaveLength(1);
    await pass(1);
    expect(started.map(({ atMs }) => atMs)).toEqual([0, 5_000]);
  });

  test('whose time has come leaves at once', async () => {
    const { admit, started } = governing();
    admit('pages', { notBeforeMs: START });
    await pass();
    expect(started).toHaveLength(1);
  });

  test('waits for a hold as well', async () => {
    const { admit, answer, started } = governing();
    answer('pages', 429, { ...BURST, 'retry-after': '20' });
    admit('pages', { notBeforeMs: START + 5_000 });
    await pass(19_999);
    expect(started).toEqual([]);
    await pass(2_000);
    expect(started).toHaveLength(1);
  });

  test('that rests is refused by a stop within the moment, and so is no other that need not wait', async () => {
    const { stopHolding, admit, ask, refused, lanes } = governing();
    admit('pages', { notBeforeMs: START + 30_000 });
    await pass();
    stopHolding();
    ask('comments');
    await pass();
    expect(refused).toEqual([expect.any(RateLimitWaitError)]);
    expect(lanes()).toEqual(['comments']);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('that rests is refused with the others when its lane is given up, or all is over', async () => {
    const { dismiss, admit, answer, refused } = governing({ maxWaitMs: 60_000 });
    admit('pages', { notBeforeMs: START + 30_000 });
    admit('users', { notBeforeMs: START + 30_000 });
    answer('pages', 429, { ...BURST, 'retry-after': '61' });
    await pass();
    expect(refused).toEqual([expect.any(RateLimitWaitError)]);
    const reason = new Error('over');
    dismiss(reason);
    await pass();
    expect(refused[1]).toBe(reason);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('that is cancelled while it rests leaves no timer', async () => {
    const { governor } = governing();
    const abort = new AbortController();
    const admitted = governor.admit('pages', { signal: abort.signal, notBeforeMs: START + 30_000 });
    abort.abort();
    await expect(admitted).rejects.toMatchObject({ name: 'AbortError' });
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('a wait that is too long', () => {
  test('of one lane gives up that lane only', async () => {
    const { ask, answer, lanes, refused } = governing({ maxWaitMs: 60_000 });
    ask('pages');
    answer('users', 429, { ...BURST, 'retry-after': '61' });
    ask('users', 'comments', 'users');
    await pass();
    expect(lanes()).toEqual(['pages', 'comments']);
    expect(refused).toEqual([expect.any(RateLimitWaitError), expect.any(RateLimitWaitError)]);
  });

  test('of all lanes gives up all', async () => {
    const { ask, answer, lanes, refused } = governing({ maxWaitMs: 60_000 });
    answer('users', 429, { ...QUOTA, 'retry-after': '61' });
    ask('users', 'comments');
    await pass(3_600_000);
    expect(lanes()).toEqual([]);
    expect(refused).toHaveLength(2);
  });
});

describe('a 503 that says for how long', () => {
  test('holds its lane, and tells so', async () => {
    const { ask, answer, lanes, notices } = governing();
    answer('pages', 503, { 'retry-after': '30' });
    ask('pages', 'users');
    await pass(29_999);
    expect(lanes()).toEqual(['users']);
    await pass(1);
    expect(lanes()).toEqual(['users', 'pages']);
    expect(notices).toContainEqual({
      type: 'rate.paused',
      untilTs: '2026-02-03T04:00:30.000Z',
      reason: 'unavailable',
      lane: 'pages',
    });
  });

  test('counts towards max-wait, over several of them', async () => {
    const { ask, answer, refused, lanes } = governing({ maxWaitMs: 60_000 });
    for (let i = 0; i < 3; i += 1) {
      answer('pages', 503, { 'retry-after': '30' });
      ask('pages');
      await pass(i < 2 ? 30_000 : 0);
    }
    expect(lanes()).toEqual(['pages', 'pages']);
    expect(refused).toEqual([expect.any(RateLimitWaitError)]);
    expect(refused[0]).toMatchObject({ exitCode: 13 });
  });

  test('is waited for by nobody once a stop is asked for', async () => {
    const { stopHolding, ask, answer, refused } = governing();
    answer('pages', 503, { 'retry-after': '3600' });
    ask('pages');
    stopHolding();
    await pass();
    expect(refused).toHaveLength(1);
  });

  test.each([
    [503, {}],
    [503, { 'retry-after': '0' }],
    [500, {}],
  ])('%s with %j holds nothing', async (status, headers) => {
    const { ask, answer, lanes } = governing();
    answer('pages', status, headers);
    ask('pages');
    await pass();
    expect(lanes()).toEqual(['pages']);
  });
});
