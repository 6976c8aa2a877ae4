import { expect, test } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import type { RequestLane } from '../../../lib/core/request-lane.js';
import type { EventBody } from '../../../lib/events/events.js';
import { createGovernors } from '../../../lib/pull/governor/governors.js';
import { resolveWikiOptions } from '../../../lib/pull/run/wiki-options.js';
import { optionsFor } from '../../support/pulling.js';

const setUp = () => {
  const options = resolveWikiOptions(optionsFor('mirror', { concurrency: 5, attachmentConcurrency: 4 }));
  let nowMs = 1_000_000;
  const governors = createGovernors(options, { now: () => nowMs, random: () => 0 });
  const session = governors.openSession();
  const notices: EventBody[] = [];
  session.notices$.subscribe((notice) => notices.push(notice));
  const answer = (lane: RequestLane, status: number, times = 1, headers = {}): void => {
    for (let i = 0; i < times; i += 1) {
      nowMs += 10;
      session.gate.sample({ lane, startedAtMs: nowMs - 5, atMs: nowMs, status, headers });
    }
  };
  return { ...governors, ...session, notices, answer };
};

test('the cap of downloads grows to four times its start while the host answers readily, not further', async () => {
  const { api, media, answer, notices } = setUp();
  expect(await firstValueFrom(media.limit$)).toBe(4);
  answer('media', 200, 500);
  expect(await firstValueFrom(media.limit$)).toBe(16);
  expect(await firstValueFrom(api.limit$)).toBe(5);
  expect(notices).toContainEqual(expect.objectContaining({ type: 'rate.changed', limit: 16, lane: 'media' }));
});

test('what the media host refuses holds and cuts downloads only, and what the API refuses does not', async () => {
  const { gate, api, media, stats, answer, dispose } = setUp();
  answer('media', 429, 1, { 'retry-after': '3600', 'ratelimit-reason': 'burst' });
  expect([api.limit, media.limit]).toEqual([5, 2]);
  const held = gate.admit('media');
  await gate.admit('attachments');
  answer('pages', 429, 1, { 'retry-after': '3600', 'ratelimit-reason': 'quota' });
  expect([api.limit, media.limit]).toEqual([2, 2]);
  expect(stats()).toMatchObject({ requests: 1, rateLimited: 2, concurrency: 2 });
  dispose();
  await expect(held).rejects.toMatchObject({ name: 'AbortError' });
});

test('retries count once, wherever they are', () => {
  const { gate, stats, notices } = setUp();
  gate.retry({ lane: 'media', attempt: 1, delayMs: 5.4, status: 503, code: undefined });
  expect(stats().retries).toBe(1);
  expect(notices).toEqual([{ type: 'retry.scheduled', lane: 'media', attempt: 1, delayMs: 5, status: 503 }]);
});
