import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import type { RequestLane } from '../../../lib/core/request-lane.js';
import { RateLimitWaitError } from '../../../lib/errors/rate-limit-wait-error.js';
import type { EventBody } from '../../../lib/events/events.js';
import { createGovernors } from '../../../lib/pull/governor/governors.js';
import type { Session } from '../../../lib/pull/governor/session.js';
import { BURST, pass, QUOTA, START } from '../../support/governing.js';

beforeEach(() => {
  jest.useFakeTimers({ now: START });
});
afterEach(() => {
  jest.useRealTimers();
});

const OPTIONS = {
  concurrency: 2,
  maxConcurrency: 4,
  attachmentConcurrency: 2,
  maxWaitMs: 60_000,
  quotaReserve: 0,
};

const watch = (session: Session) => {
  const left: RequestLane[] = [];
  const refused: unknown[] = [];
  const notices: EventBody[] = [];
  session.notices$.subscribe((notice) => notices.push(notice));
  const releases: (() => void)[] = [];
  const ask = (lane: RequestLane, signal?: AbortSignal): void =>
    void session.gate.admit(lane, { signal }).then(
      (release) => {
        left.push(lane);
        releases.push(release);
      },
      (error: unknown) => refused.push(error),
    );
  const answer = (lane: RequestLane, status: number, headers = {}): void =>
    session.gate.sample({ lane, startedAtMs: Date.now(), atMs: Date.now(), status, headers });
  const release = (): void => releases.splice(0).forEach((each) => each());
  return { session, left, refused, notices, ask, answer, release };
};

const setUp = () => {
  const governors = createGovernors(OPTIONS, { now: Date.now, random: () => 0 });
  return { governors, one: watch(governors.openSession()), other: watch(governors.openSession()) };
};

test('those who share a governor share its cap, and each counts its own requests', async () => {
  const { one, other } = setUp();
  one.ask('pages');
  one.ask('pages');
  other.ask('pages');
  await pass();
  expect([one.left, other.left]).toEqual([['pages', 'pages'], []]);
  one.release();
  await pass();
  expect(other.left).toEqual(['pages']);
  one.answer('pages', 200);
  one.answer('pages', 429, BURST);
  one.session.gate.retry({ lane: 'pages', attempt: 1, delayMs: 5, status: 503, code: undefined });
  expect(one.session.stats()).toEqual({ requests: 2, retries: 1, rateLimited: 1, concurrency: 1 });
  expect(other.session.stats()).toEqual({ requests: 0, retries: 0, rateLimited: 0, concurrency: 1 });
  expect(one.notices.map(({ type }) => type)).toContain('retry.scheduled');
  expect(other.notices.map(({ type }) => type)).not.toContain('retry.scheduled');
  expect(other.notices.map(({ type }) => type)).toContain('rate.changed');
});

test('what is refused to one holds the others', async () => {
  const { one, other } = setUp();
  one.answer('pages', 429, { ...BURST, 'retry-after': '5' });
  other.ask('pages');
  await pass();
  expect(other.left).toEqual([]);
  await pass(6_000);
  expect(other.left).toEqual(['pages']);
});

test('one that stops waits for no hold, and the others go on waiting', async () => {
  const { one, other } = setUp();
  one.answer('pages', 429, { ...BURST, 'retry-after': '5' });
  one.ask('pages');
  other.ask('pages');
  one.session.stopHolding();
  await pass();
  expect(one.refused).toEqual([expect.any(RateLimitWaitError)]);
  expect(other.refused).toEqual([]);
  await pass(6_000);
  expect(other.left).toEqual(['pages']);
  expect(one.session.gate.ending.aborted).toBe(false);
  await pass(4_000);
  expect([one.session.gate.ending.aborted, other.session.gate.ending.aborted]).toEqual([true, false]);
});

test('one that ends takes its own waiting requests along, and leaves no timer', async () => {
  const { one, other } = setUp();
  one.answer('pages', 429, { ...BURST, 'retry-after': '5' });
  one.ask('pages');
  one.ask('media');
  other.ask('pages');
  one.session.stopHolding();
  one.session.dispose();
  await pass();
  expect(one.refused).toHaveLength(1);
  expect(other.refused).toEqual([]);
  other.session.dispose();
  await pass();
  expect(other.refused).toEqual([expect.objectContaining({ name: 'AbortError' })]);
  expect(jest.getTimerCount()).toBe(0);
});

test('nothing of one that has ended leaves any more, and what is in flight is aborted', async () => {
  const { one, other } = setUp();
  one.session.dispose();
  one.ask('users');
  other.ask('users');
  await pass();
  expect([one.left, other.left]).toEqual([[], ['users']]);
  expect(one.refused).toEqual([expect.any(RateLimitWaitError)]);
  expect([one.session.gate.ending.aborted, other.session.gate.ending.aborted]).toEqual([true, false]);
});

describe('a wait that is too long', () => {
  test('is refused to all, and over when its time is', async () => {
    const { one, other } = setUp();
    other.ask('pages');
    await pass();
    other.release();
    one.answer('pages', 429, { ...QUOTA, 'retry-after': '120' });
    other.ask('comments');
    one.ask('users');
    await pass();
    expect([one.refused, other.refused]).toEqual([
      [expect.any(RateLimitWaitError)],
      [expect.any(RateLimitWaitError)],
    ]);
    await pass(122_000);
    other.ask('comments');
    await pass();
    expect(other.left).toEqual(['pages', 'comments']);
  });
});

test('refused credentials are refused to all for good', async () => {
  const { one, other } = setUp();
  one.answer('pages', 401);
  other.ask('pages');
  await pass();
  expect(other.left).toEqual([]);
  one.session.gate.verdict(new CredentialsError('No.'));
  await pass(1e9);
  other.ask('pages');
  await pass();
  expect(other.refused).toEqual([expect.any(CredentialsError), expect.any(CredentialsError)]);
});

test('the rate is that of all, with what the wiki tells of its limits', async () => {
  const { governors, one, other } = setUp();
  expect(await firstValueFrom(governors.rate$)).toMatchObject({
    perSecond: 0,
    requests: 0,
    burst: undefined,
  });
  one.answer('pages', 200, { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '19' });
  await pass(500);
  other.answer('comments', 429, BURST);
  other.answer('media', 200);
  expect(await firstValueFrom(governors.rate$)).toEqual({
    perSecond: 2,
    requests: 2,
    rateLimited: 1,
    burst: { limit: 20, remaining: 19, resetMs: undefined },
    quota: undefined,
  });
});

test('a retry is told with what it is for, as far as that is known; its delay in whole milliseconds', () => {
  const { one, other } = setUp();
  const retry = { lane: 'media', attempt: 2, delayMs: 1500.6 } as const;
  one.session.gate.retry({ ...retry, status: 503, code: undefined });
  one.session.gate.retry({ ...retry, status: undefined, code: 'ECONNRESET' });
  expect(one.notices).toEqual([
    { type: 'retry.scheduled', lane: 'media', attempt: 2, delayMs: 1501, status: 503 },
    { type: 'retry.scheduled', lane: 'media', attempt: 2, delayMs: 1501, code: 'ECONNRESET' },
  ]);
  expect([one.session.stats().retries, other.session.stats().retries]).toEqual([2, 0]);
});

test('answers of the media host are told and can be refused for their rate, but are no requests to the API', async () => {
  const { one, other } = setUp();
  const samples: string[] = [];
  one.session.samples$.subscribe(({ lane, status }) => samples.push(`${lane} ${status ?? ''}`));
  one.answer('media', 200);
  one.answer('media', 429, { ...BURST, 'retry-after': '5' });
  one.answer('pages', 200);
  other.answer('pages', 200);
  expect(samples).toEqual(['media 200', 'media 429', 'pages 200']);
  expect(one.session.stats()).toMatchObject({ requests: 1, rateLimited: 1 });
  // The API is not held for what the media host refuses.
  one.ask('media');
  one.ask('pages');
  await pass();
  expect(one.left).toEqual(['pages']);
  await pass(6_000);
  expect(one.left).toEqual(['pages', 'media']);
});

test('the media host has a cap of its own', async () => {
  const { one } = setUp();
  for (const lane of ['pages', 'comments', 'media', 'media', 'media', 'pages'] as const) one.ask(lane);
  await pass();
  expect(one.left).toEqual(['pages', 'comments', 'media', 'media']);
  one.release();
  await pass();
  expect([...one.left].sort()).toEqual(['comments', 'media', 'media', 'media', 'pages', 'pages']);
});

test('what waits when its session ends is refused for that reason, on either host', async () => {
  const { one, other } = setUp();
  one.answer('pages', 429, { ...BURST, 'retry-after': '5' });
  one.answer('media', 429, { ...BURST, 'retry-after': '5' });
  one.ask('pages');
  one.ask('media');
  one.session.dispose();
  await pass();
  expect(one.refused).toEqual([
    expect.objectContaining({ name: 'AbortError', message: 'The run has ended.' }),
    expect.objectContaining({ name: 'AbortError', message: 'The run has ended.' }),
  ]);
  other.session.dispose();
});

test('one that stops waits on neither host', async () => {
  const { one } = setUp();
  one.answer('pages', 429, { ...BURST, 'retry-after': '5' });
  one.answer('media', 429, { ...BURST, 'retry-after': '5' });
  one.ask('pages');
  one.ask('media');
  one.session.stopHolding();
  await pass();
  expect(one.refused).toEqual([expect.any(RateLimitWaitError), expect.any(RateLimitWaitError)]);
  one.session.dispose();
  expect(jest.getTimerCount()).toBe(0);
});

test('a request that is not wanted any more, as a signal says, is refused at once', async () => {
  const { one } = setUp();
  one.answer('pages', 429, { ...BURST, 'retry-after': '5' });
  const abort = new AbortController();
  one.ask('pages', abort.signal);
  await pass();
  abort.abort();
  await pass();
  expect(one.refused).toEqual([expect.objectContaining({ name: 'AbortError' })]);
  one.session.dispose();
});

test('who is refused is told why', async () => {
  const { one } = setUp();
  const cancelled = new AbortController();
  one.answer('pages', 429, { ...BURST, 'retry-after': '5' });
  one.ask('pages', cancelled.signal);
  cancelled.abort();
  one.ask('pages');
  one.session.stopHolding();
  await pass();
  expect(one.refused).toEqual([
    expect.objectContaining({ message: 'The request was cancelled before it left.' }),
    expect.objectContaining({ message: 'The run was stopped while a request waited for its turn.' }),
  ]);
  one.session.dispose();
});
