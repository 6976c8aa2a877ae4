import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { RateLimitWaitError } from '../../../lib/errors/rate-limit-wait-error.js';
import { BURST, governing, pass, QUOTA, START } from '../../support/governing.js';

beforeEach(() => {
  jest.useFakeTimers({ now: START });
});

afterEach(() => {
  jest.useRealTimers();
});

test('lets no more requests go than the limit, the next one as soon as one is given back', async () => {
  const { ask, started } = governing({ start: 2 });
  ask('pages', 'pages', 'pages', 'pages');
  await pass();
  expect(started).toHaveLength(2);
  started[0]?.release();
  await pass();
  expect(started).toHaveLength(3);
});

test('giving back twice counts once', async () => {
  const { ask, started } = governing({ start: 1 });
  ask('pages', 'pages', 'pages');
  await pass();
  started[0]?.release();
  started[0]?.release();
  await pass();
  expect(started).toHaveLength(2);
});

test('lanes are served in turn', async () => {
  const { ask, started, lanes } = governing({ start: 1 });
  ask('pages', 'attachments', 'attachments', 'attachments', 'comments');
  for (let i = 0; i < 5; i += 1) {
    await pass();
    started[i]?.release();
  }
  expect(lanes()).toEqual(['pages', 'attachments', 'comments', 'attachments', 'attachments']);
});

test('a burst refusal holds its lane only, for what Retry-After says at least', async () => {
  const { ask, answer, started, lanes, notices } = governing({ random: () => 0.5 });
  answer('pages', 429, { ...BURST, 'retry-after': '5' });
  ask('pages', 'comments');
  await pass(4_999);
  expect(lanes()).toEqual(['comments']);
  await pass(1_000);
  expect(lanes()).toEqual(['comments', 'pages']);
  expect(started[1]?.atMs).toBeGreaterThanOrEqual(5_000);
  expect(notices).toContainEqual({
    type: 'rate.paused',
    untilTs: '2026-02-03T04:00:05.125Z',
    reason: 'burst',
    lane: 'pages',
  });
});

test('a quota refusal holds every lane', async () => {
  const { ask, answer, lanes, notices } = governing();
  answer('pages', 429, { ...QUOTA, 'retry-after': '600' });
  ask('pages', 'comments', 'users');
  await pass(599_999);
  expect(lanes()).toEqual([]);
  await pass(10_000);
  expect(lanes()).toEqual(['pages', 'comments', 'users']);
  expect(notices).toContainEqual({
    type: 'rate.paused',
    untilTs: '2026-02-03T04:10:00.000Z',
    reason: 'quota',
  });
});

test.each([
  ['the reset of the policy', { ratelimit: '"global-app-quota";r=0;t=1200' }, 1_200_000],
  ['the reset of the window', { 'x-ratelimit-reset': '2026-02-03T04:30Z' }, 1_800_000],
  ['a minute when nothing is said', {}, 60_000],
])('a quota refusal holds until %s', async (_name, headers, untilMs) => {
  const { ask, answer, started } = governing();
  answer('pages', 429, { ...QUOTA, ...headers });
  ask('users');
  await pass(untilMs - 1);
  expect(started).toEqual([]);
  await pass(1);
  expect(started).toMatchObject([{ atMs: untilMs }]);
});

test('refusals that say nothing hold longer each time, until an answer comes', async () => {
  const { answer, notices } = governing({ random: () => 1 });
  const holdMs = (): number => {
    answer('pages', 429);
    const last = notices.filter((notice) => notice.type === 'rate.paused').at(-1);
    return last?.type === 'rate.paused' ? Date.parse(last.untilTs) - Date.now() : NaN;
  };
  const [first, second, third] = [holdMs(), holdMs(), holdMs()];
  expect(first).toBeGreaterThanOrEqual(1_000);
  expect([second - first, third - second]).toEqual([1_000, 2_000]);
  await pass(10_000);
  answer('pages', 200);
  expect(holdMs()).toBe(first);
});

test('nothing leaves during a hold, however many places become free', async () => {
  const { ask, answer, started, lanes } = governing({ start: 2 });
  ask('pages', 'pages', 'pages', 'pages');
  await pass();
  answer('pages', 429, { ...BURST, 'retry-after': '5' });
  started[0]?.release();
  started[1]?.release();
  await pass(4_999);
  expect(lanes()).toHaveLength(2);
  await pass(1);
  expect(lanes().length).toBeGreaterThan(2);
});

test('a hold beyond max-wait refuses who waits, and who comes later', async () => {
  const { ask, answer, refused, started } = governing({ start: 1, maxWaitMs: 60_000 });
  ask('pages', 'pages');
  await pass();
  answer('pages', 429, { ...QUOTA, 'retry-after': '61' });
  started[0]?.release();
  await pass();
  ask('pages', 'users');
  await pass();
  expect(started).toHaveLength(1);
  expect(refused).toHaveLength(3);
  expect(refused.every((error) => error instanceof RateLimitWaitError)).toBe(true);
  expect(refused[0]).toMatchObject({ exitCode: 13, message: expect.stringContaining('04:01:01') });
});

test.each([200, 404, 500])(
  'max-wait counts from the first refusal, until an answer comes, be it a %s',
  async (status) => {
    const { ask, answer, refused } = governing({ maxWaitMs: 60_000 });
    const refuse = (): void => answer('pages', 429, { ...BURST, 'retry-after': '40' });
    refuse();
    await pass(40_000);
    answer('pages', status);
    refuse();
    ask('pages');
    await pass();
    expect(refused).toEqual([]);
    await pass(40_000);
    refuse();
    ask('pages');
    await pass();
    expect(refused).toHaveLength(1);
  },
);

test.each(['999999999', '999999999999999'])(
  'a Retry-After of %s seconds, longer than any timer, lets nothing through at once',
  async (seconds) => {
    const { ask, answer, started } = governing({ maxWaitMs: Number.MAX_SAFE_INTEGER });
    answer('pages', 429, { ...QUOTA, 'retry-after': seconds });
    ask('pages');
    await pass(3_600_000);
    expect(started).toEqual([]);
  },
);

test('a refusal halves the limit and sets a pace: starts are spaced from then on', async () => {
  const { governor, ask, answer, started, notices } = governing();
  answer('pages', 429, { ...BURST, 'retry-after': '1', 'x-ratelimit-limit': '4' });
  expect(governor.limit).toBe(5);
  expect(notices).toContainEqual({ type: 'rate.changed', limit: 5, previous: 10, cause: 'rate-limited' });
  ask('users', 'users', 'users', 'users', 'users', 'users');
  await pass(10_000);
  expect(started.map(({ atMs }) => atMs)).toEqual([0, 250, 500, 750, 1_000]);
});

test('clean answers raise the limit, and tell so', async () => {
  const { governor, answer, notices } = governing({ start: 2, max: 8 });
  const limits: number[] = [];
  governor.limit$.subscribe((limit) => limits.push(limit));
  for (let i = 0; i < 20; i += 1) {
    await pass(100);
    answer('pages', 200);
  }
  expect(limits[0]).toBe(2);
  expect(limits.at(-1)).toBe(8);
  expect(notices[0]).toEqual({ type: 'rate.changed', limit: 4, previous: 2, cause: 'clean' });
});

test('little quota left is told once', () => {
  const { answer, notices } = governing();
  answer('pages', 200, { 'x-ratelimit-nearlimit': 'true' });
  answer('pages', 200, { 'x-ratelimit-nearlimit': 'true' });
  expect(notices.filter(({ type }) => type === 'warning')).toHaveLength(1);
});

test('a request that is cancelled while it waits leaves its turn to the next', async () => {
  const { governor, ask, started, lanes } = governing({ start: 1 });
  ask('pages');
  await pass();
  const abort = new AbortController();
  const cancelled = governor.admit('comments', { signal: abort.signal });
  ask('users');
  abort.abort();
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  started[0]?.release();
  await pass();
  expect(lanes()).toEqual(['pages', 'users']);
});

test('a request that is cancelled before it asks is refused', async () => {
  const { governor } = governing();
  await expect(governor.admit('pages', { signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(governor.limit).toBe(10);
});

test('cancelling after the start changes nothing', async () => {
  const { governor, ask, lanes } = governing({ start: 1 });
  const abort = new AbortController();
  const release = await governor.admit('pages', { signal: abort.signal });
  ask('users');
  abort.abort();
  await pass();
  expect(lanes()).toEqual([]);
  release();
  await pass();
  expect(lanes()).toEqual(['users']);
});

test('dispose refuses who waits and leaves no timer', async () => {
  const { dismiss, ask, answer, refused } = governing();
  answer('pages', 429, { ...BURST, 'retry-after': '5' });
  ask('pages', 'pages');
  const reason = new Error('over');
  dismiss(reason);
  await pass();
  expect(refused).toEqual([reason, reason]);
  expect(jest.getTimerCount()).toBe(0);
});

describe('the points of an hour', () => {
  const QUOTA_OF_1000 = {
    'ratelimit-policy': '"tenant-app-quota";q=1000;w=3600',
    ratelimit: '"tenant-app-quota";t=1800',
  };

  test('are counted; when only the reserve is left every lane waits for the next hour', async () => {
    const { governor, ask, lanes, notices } = governing({ quotaReserve: 10 });
    const spend = (objects: number): void =>
      governor.sample({
        lane: 'pages',
        startedAtMs: Date.now(),
        atMs: Date.now(),
        status: 200,
        headers: QUOTA_OF_1000,
        objects,
      });
    for (let i = 0; i < 3; i += 1) spend(249);
    ask('pages');
    await pass();
    expect(lanes()).toEqual(['pages']);
    spend(149);
    ask('pages', 'users');
    await pass(1_799_999);
    expect(lanes()).toEqual(['pages']);
    await pass(10_000);
    expect(lanes()).toEqual(['pages', 'pages', 'users']);
    expect(notices.filter(({ type }) => type === 'rate.paused')).toEqual([
      { type: 'rate.paused', untilTs: '2026-02-03T04:30:00.000Z', reason: 'quota-reserve' },
    ]);
  });

  test('that are told to be nearly spent hold at once, beyond max-wait for good', async () => {
    const { ask, answer, refused } = governing({ quotaReserve: 10, maxWaitMs: 60_000 });
    ask('pages');
    answer('pages', 200, { ...QUOTA_OF_1000, ratelimit: '"tenant-app-quota";r=99;t=1800' });
    ask('pages');
    await pass();
    expect(refused).toEqual([expect.any(RateLimitWaitError)]);
  });
});

test('max-wait is per lane: answers in other lanes do not prolong the wait of one that gets none', async () => {
  const { ask, answer, refused } = governing({ maxWaitMs: 60_000 });
  for (let i = 0; i < 2; i += 1) {
    answer('pages', 429, { ...BURST, 'retry-after': '25' });
    await pass(25_000);
    answer('attachments', 200);
  }
  ask('pages');
  await pass();
  expect(refused).toEqual([]);
  answer('pages', 429, { ...BURST, 'retry-after': '25' });
  ask('pages');
  await pass();
  expect(refused).toEqual([expect.any(RateLimitWaitError)]);
});

test('once a stop is asked for nobody waits for a hold; other lanes go on', async () => {
  const { stopHolding, ask, answer, refused, lanes } = governing();
  answer('pages', 429, { ...BURST, 'retry-after': '3600' });
  ask('pages', 'pages');
  await pass();
  expect(refused).toEqual([]);
  stopHolding();
  ask('comments', 'pages');
  await pass();
  expect(refused).toEqual(Array(3).fill(expect.any(RateLimitWaitError)));
  expect(lanes()).toEqual(['comments']);
  answer('users', 429, { ...QUOTA, 'retry-after': '3600' });
  ask('users', 'comments');
  await pass();
  expect(refused).toHaveLength(5);
});

test('of the media host: 401 is no refusal of credentials, and what it tells has its name', async () => {
  const { governor, ask, answer, lanes, notices } = governing({ start: 2, host: 'media' });
  answer('media', 401);
  ask('media');
  await pass();
  expect(lanes()).toEqual(['media']);
  answer('media', 429, { 'retry-after': '5' });
  expect(governor.limit).toBe(1);
  expect(notices).toContainEqual({
    type: 'rate.changed',
    limit: 1,
    previous: 2,
    cause: 'rate-limited',
    lane: 'media',
  });
});

test('a limit that is only announced is told once and changes nothing', async () => {
  const { governor, ask, answer, lanes, notices } = governing();
  for (let i = 0; i < 2; i += 1) {
    answer('pages', 200, { 'beta-retry-after': '600', 'x-beta-ratelimit-nearlimit': 'true' });
    answer('pages', 200, { 'beta-ratelimit': '"global-app-quota";r=0;t=600' });
  }
  ask('pages');
  await pass();
  expect(lanes()).toEqual(['pages']);
  expect(governor.limit).toBe(10);
  expect(notices).toEqual([
    { type: 'warning', code: 'announced-rate-limit', message: expect.stringContaining('does not enforce') },
  ]);
});

test('a hold as long as max-wait allows is waited for, jitter aside', async () => {
  const { ask, answer, started, refused } = governing({ maxWaitMs: 3_600_000, random: () => 0.99 });
  answer('pages', 429, { ...QUOTA, 'retry-after': '3600' });
  ask('pages');
  await pass(3_601_000);
  expect(refused).toEqual([]);
  expect(started).toHaveLength(1);
});

test('a reset that has passed, as by a clock that is wrong, is waited for as if nothing was said', () => {
  const { answer, notices } = governing({ random: () => 0 });
  answer('pages', 429, { ...BURST, 'x-ratelimit-reset': '2020-01-01T00:00Z' });
  expect(notices).toContainEqual(
    expect.objectContaining({ type: 'rate.paused', untilTs: '2026-02-03T04:00:00.500Z' }),
  );
});

test('slow answers lower the limit, but not those of a time in which this process was busy itself', () => {
  const limitAfter = (busyMs: number): number => {
    const { governor } = governing({ start: 4, max: 8 });
    const sample = (latencyMs: number, busy: number): void =>
      governor.sample({
        lane: 'pages',
        startedAtMs: Date.now(),
        atMs: Date.now() + latencyMs,
        status: 200,
        headers: {},
        busyMs: busy,
      });
    for (let i = 0; i < 12; i += 1) sample(80, 0);
    jest.setSystemTime(Date.now() + 1_000);
    for (let i = 0; i < 40; i += 1) sample(900, busyMs);
    return governor.limit;
  };
  expect(limitAfter(0)).toBeLessThan(8);
  expect(limitAfter(800)).toBe(8);
});
