import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { type Frame, progressBlock } from '../../../lib/cli/render/progress-block.js';
import { nextView, NOTHING_YET, type ProgressView } from '../../../lib/cli/render/progress-view.js';
import { PLAIN, styleFor } from '../../../lib/cli/render/style.js';
import type { EventBody, Progress } from '../../../lib/events/events.js';
import { PROGRESS as HALF_WAY, stamped } from '../../support/events.js';

const NOW = '2026-02-03T04:05:06.000Z';
const nowMs = Date.parse(NOW);

const NO_ETA: Progress = { ...HALF_WAY, pages: { done: 48, failed: 2, total: 10_000 } };

const PROGRESS: Progress = { ...NO_ETA, etaMs: 41_000 };

const viewOf = (...events: readonly EventBody[]): ProgressView =>
  events.map((event) => stamped(event, NOW)).reduce(nextView, NOTHING_YET);

const draw = (view: ProgressView, frame: Partial<Frame> = {}): string[] =>
  progressBlock(view, { nowMs, width: 77, style: PLAIN, ...frame });

const pausedFor = (seconds: number, reason: string, lane?: string): EventBody => ({
  type: 'rate.paused',
  untilTs: new Date(nowMs + seconds * 1000).toISOString(),
  reason,
  ...(lane !== undefined && { lane }),
});

test('one line a lane, with bars of one length, and the pace below', () => {
  expect(draw(viewOf(PROGRESS))).toEqual([
    'pages        [------------------------]  50/10,000  12.4/s  2 failed',
    'attachments  [=======-----------------]    120/400  18 MB',
    'eta 0:41  concurrency 6  300 requests',
  ]);
});

test('with little room the bars go first, then the least of what is said', () => {
  expect(draw(viewOf(PROGRESS), { width: 50 })[0]).toBe('pages        50/10,000  12.4/s  2 failed');
  expect(draw(viewOf(PROGRESS), { width: 37 })).toEqual([
    'pages        50/10,000  2 failed',
    'attachments    120/400  18 MB',
    'eta 0:41  concurrency 6  300 requests',
  ]);
  expect(draw(viewOf(PROGRESS), { width: 30 })[2]).toBe('eta 0:41  concurrency 6');
});

test.each([1, 5, 10, 20, 26, 37, 60, 77, 200])(
  'no line is wider than %i columns and what must be said',
  (width) => {
    const least = 'attachments  50/10,000'.length;
    const lines = draw(viewOf(PROGRESS, pausedFor(100, 'unavailable', 'media')), { width });
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(Math.max(width, least));
  },
);

test('colours change no width', () => {
  const style = styleFor({ isTty: true, env: {} });
  const bare = draw(viewOf(PROGRESS), { style }).map((line) => stripVTControlCharacters(line));
  expect(bare).toEqual(draw(viewOf(PROGRESS)));
});

test('what is left is not known at first', () => {
  expect(draw(viewOf(NO_ETA)).at(-1)).toBe('eta ?  concurrency 6  300 requests');
});

test('the listing is told until there is progress', () => {
  const listing: EventBody = { type: 'inventory.progress', pages: 1250, folders: 1, attachments: 40 };
  expect(draw(viewOf())).toEqual([]);
  expect(draw(viewOf(listing))).toEqual(['listing: 1,250 pages  40 attachments  1 folder']);
  expect(draw(viewOf(PROGRESS, listing))).toEqual(draw(viewOf(PROGRESS)));
});

test('of several holds the longest is counted down, until it is over', () => {
  const view = viewOf(
    pausedFor(41, 'burst', 'pages'),
    pausedFor(600, 'quota'),
    pausedFor(5, 'burst', 'media'),
  );
  expect(draw(view)).toEqual(['waiting 10:00  rate limit (quota)']);
  expect(draw(view, { nowMs: nowMs + 539_000 })).toEqual(['waiting 1:01  rate limit (quota)']);
  expect(draw(view, { nowMs: nowMs + 600_000 })).toEqual([]);
  expect(draw(viewOf(pausedFor(41, 'burst', 'pages')))).toEqual(['waiting 0:41  pages, rate limit (burst)']);
});
