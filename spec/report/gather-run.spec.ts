import { expect, test } from '@jest/globals';
import type { ResponseSample } from '../../lib/core/request-lane.js';
import type { EventBody } from '../../lib/events/events.js';
import { RunSummary } from '../../lib/events/run-summary.js';
import {
  gatherAnswer,
  type GatheredRun,
  gatherEvent,
  startGathering,
  summaryOf,
} from '../../lib/report/gather-run.js';
import { failedItem, PROGRESS, runTotals } from '../support/events.js';

const START_MS = Date.parse('2026-02-03T04:00:00.000Z');

/** What is gathered of events, each with the second at which it comes. */
const gathered = (...events: readonly (readonly [second: number, event: EventBody])[]): GatheredRun =>
  events.reduce(
    (run, [second, event]) => gatherEvent(run, event, START_MS + second * 1000),
    startGathering(START_MS, 5),
  );

const written = (id: string, change: 'new' | 'edited' = 'new'): EventBody => ({
  type: 'page.written',
  id,
  version: 1,
  path: `${id}.md`,
  bytes: 10,
  change,
});

const summary = (run: GatheredRun, seconds = 60) =>
  summaryOf(
    run,
    { type: 'run.finished', dryRun: false, ...runTotals({}, { durationMs: seconds * 1000 }) },
    'run-1',
  );

test('a run without events is one with a start and an end', () => {
  expect(RunSummary.parse(summary(gathered()))).toMatchObject({
    run: 'run-1',
    mode: 'full',
    startedAt: '2026-02-03T04:00:00.000Z',
    endedAt: '2026-02-03T04:01:00.000Z',
    ending: 'finished',
    exitCode: 0,
    changes: [],
    latencies: [],
    samples: [
      { atMs: 0, pages: 0, cap: 5 },
      { atMs: 60_000, pages: 0, cap: 5 },
    ],
  });
});

test('moments tell how far the run is and what may be in flight; that of the media host is another', () => {
  const run = gathered(
    [1, written('1')],
    [1, written('2')],
    [2, { ...PROGRESS, concurrency: 7 }],
    [3, { type: 'rate.changed', limit: 3, previous: 7, cause: '429' }],
    [4, { type: 'rate.changed', limit: 16, previous: 8, cause: 'fast', lane: 'media' }],
  );
  expect(summary(run).samples).toMatchObject([
    { atMs: 0, pages: 0, cap: 5 },
    { atMs: 2_000, pages: 2, cap: 7 },
    { atMs: 3_000, pages: 2, cap: 3 },
    { atMs: 60_000, pages: 2, cap: 3 },
  ]);
});

test('what has changed is named with its path, and counted by kind', () => {
  const run = gathered(
    [1, written('1')],
    [1, written('2', 'edited')],
    [2, { type: 'page.moved', id: '3', from: 'a.md', to: 'b.md' }],
    [2, { type: 'attachment.written', pageId: '1', id: 'att4', path: '1/x.png', bytes: 5, change: 'new' }],
    [3, { type: 'comments.deleted', pageId: '5', path: '5.comments.md' }],
    [3, { type: 'folder.written', id: '6', path: 'six' }],
    [3, { type: 'page.skipped', id: '7', path: '7.md', reason: 'unchanged' }],
  );
  const { changes, changeCounts } = summary(run);
  expect(changes).toEqual([
    { kind: 'page', id: '1', change: 'new', path: '1.md' },
    { kind: 'page', id: '2', change: 'edited', path: '2.md' },
    { kind: 'page', id: '3', change: 'moved', path: 'b.md', from: 'a.md' },
    { kind: 'attachment', id: 'att4', change: 'new', path: '1/x.png' },
    { kind: 'comments', id: '5', change: 'deleted', path: '5.comments.md' },
    { kind: 'folder', id: '6', change: 'new', path: 'six' },
  ]);
  expect(changeCounts.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 1]);
});

test('holds that overlap are one; retries are counted by route and cause', () => {
  const pause = (until: number): EventBody => ({
    type: 'rate.paused',
    untilTs: new Date(START_MS + until * 1000).toISOString(),
    reason: 'burst',
    lane: 'pages',
  });
  const retry = (cause: object): EventBody => ({
    type: 'retry.scheduled',
    lane: 'pages',
    attempt: 1,
    delayMs: 100,
    ...cause,
  });
  const run = gathered(
    [1, pause(5)],
    [3, pause(7)],
    [20, pause(25)],
    [21, retry({ status: 503 })],
    [22, retry({ status: 503 })],
    [23, retry({ code: 'ECONNRESET' })],
  );
  expect(summary(run)).toMatchObject({
    holds: [
      { atMs: 1_000, untilMs: 7_000, reason: 'burst', lane: 'pages' },
      { atMs: 20_000, untilMs: 25_000, reason: 'burst', lane: 'pages' },
    ],
    holdCount: 2,
    retryCounts: [
      { lane: 'pages', cause: '503', count: 2 },
      { lane: 'pages', cause: 'ECONNRESET', count: 1 },
    ],
  });
});

test('answers are timed by route; failures are counted and not timed', () => {
  const answer = (lane: ResponseSample['lane'], ms: number, status: number | undefined): ResponseSample => ({
    lane,
    startedAtMs: 1000,
    atMs: 1000 + ms,
    status,
    headers: {},
  });
  const run = [
    answer('pages', 100, 200),
    answer('pages', 3_000, 200),
    answer('pages', 60_000, undefined),
    answer('media', 5, 429),
  ].reduce(gatherAnswer, gathered());
  const [pages, media] = summary(run).latencies;
  expect(pages).toMatchObject({ lane: 'pages', answers: 2, failures: 1, maxMs: 3_000 });
  expect(media).toEqual({ lane: 'media', answers: 0, failures: 1, p50Ms: 0, p95Ms: 0, maxMs: 0 });
});

test('how a run ended is told, with what mends it', () => {
  const totals = runTotals({}, { exitCode: 12, durationMs: 5 });
  const failed = summaryOf(
    gathered([0, { type: 'run.started', space: 'DOCS', mode: 'delta' }]),
    { type: 'run.failed', code: 'credentials', message: 'No.', hint: 'Mend.', ...totals },
    'run-1',
  );
  expect(failed).toMatchObject({
    mode: 'delta',
    ending: 'failed',
    exitCode: 12,
    error: { code: 'credentials', message: 'No.', hint: 'Mend.' },
  });
  const interrupted = summaryOf(
    gathered(),
    { type: 'run.interrupted', reason: 'SIGINT', ...totals },
    'run-1',
  );
  expect(interrupted).toMatchObject({ ending: 'interrupted', reason: 'SIGINT' });
});

test('a run that does a great deal has a small summary', () => {
  const many = Array.from({ length: 20_000 }, (_item, i): [number, EventBody] => [
    i / 10,
    i % 2 === 0 ? written(String(i)) : PROGRESS,
  ]);
  const failedItems = Array.from({ length: 1_000 }, () =>
    failedItem({ title: '😀'.repeat(10_000), message: 'x'.repeat(10_000) }),
  );
  const {
    failedCount,
    failedItems: kept,
    ...rest
  } = summaryOf(
    gathered(...many),
    { type: 'run.finished', dryRun: false, ...runTotals({}, { failedItems, durationMs: 2_000_000 }) },
    'run-1',
  );
  expect(failedCount).toBe(1_000);
  expect(kept).toHaveLength(100);
  expect(kept[0]?.title).toBe(`${'😀'.repeat(199)}…`);
  expect(JSON.stringify(rest).length).toBeLessThan(60_000);
  expect(rest.changeCounts).toEqual([{ kind: 'page', change: 'new', count: 10_000 }]);
});
