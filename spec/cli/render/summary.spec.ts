import { expect, test } from '@jest/globals';
import { planSummary, summary } from '../../../lib/cli/render/summary.js';
import type { RunFinished } from '../../../lib/events/events.js';
import { failedItem, runTotals } from '../../support/events.js';

const finished = (...args: Parameters<typeof runTotals>): RunFinished => ({
  type: 'run.finished',
  dryRun: false,
  ...runTotals(...args),
});

test('tells what was done to what, how much and at what cost', () => {
  const lines = summary(
    finished(
      { page: { written: 1200, unchanged: 3 }, attachment: { deleted: 2 } },
      { bytes: 18_000_000, requests: 1500, retries: 3, rateLimited: 1, durationMs: 61_000 },
    ),
    'mirror',
  ).split('\n');
  expect(lines[0]).toBe('Mirrored DOCS into mirror in 1:01.');
  expect(lines).toContain('  pages         1,200 written, 3 unchanged');
  expect(lines).toContain('  attachments   2 deleted');
  expect(lines).toContain('  requests      1,500 (3 retried, 1 rate-limited)');
  expect(lines.filter((line) => line.includes('blog posts'))).toEqual([]);
});

test('lists what failed, why and what to do', () => {
  const text = summary(
    finished(
      { page: { failed: 1 } },
      {
        failedItems: [
          failedItem({ title: 'a\u001bb', attempts: 12 }),
          failedItem({ kind: 'attachment', id: 'att1', attempts: 1, hint: 'Use --media-host \u001b.' }),
        ],
      },
    ),
    'mirror',
  );
  expect(text).toContain('not completely');
  expect(text).toContain('page 7 "a\\u{1b}b" (http-500, tried 12 times): GET answered 500. The next pull');
  expect(text).toContain(
    'attachment att1 "Setup" (http-500, tried once): GET answered 500. Use --media-host \\u{1b}.',
  );
});

test('a long list of failures is cut, and says so', () => {
  const failedItems = Array.from({ length: 60 }, (_, index) => failedItem({ id: String(index) }));
  const text = summary(finished({}, { failedItems }), 'mirror');
  expect(text).toContain('Failed (60):');
  expect(text).toContain('… and 10 more');
});

test('a listing that is not whole is told with its reason and what to do, and that nothing of it was deleted', () => {
  const listing = {
    of: 'attachment',
    code: 'http-500',
    message: 'GET \u001b answered 500.',
    hint: 'Later.',
  } as const;
  const text = summary(finished({}, { incomplete: [listing] }), 'mirror');
  expect(text).toMatch(/^Mirrored, but not completely: DOCS/);
  expect(text).toContain(
    'Not listed whole (nothing of it was deleted):\n  attachments could not be listed whole: GET \\u{1b} answered 500. Later.',
  );
});

test('an interrupted run says how to go on', () => {
  const listed = runTotals({ page: { listed: 5, written: 2 } });
  const text = summary({ type: 'run.interrupted', reason: 'SIGINT', ...listed }, 'mirror');
  expect(text).toMatch(/checkpoint is saved.*same command again/);
});

test('a stop before anything was listed promises no checkpoint', () => {
  const text = summary({ type: 'run.interrupted', reason: 'SIGINT', ...runTotals() }, 'mirror');
  expect(text).toMatch(/before the listing was complete.*same command again/);
  expect(text).not.toContain('checkpoint');
});

test('a dry run tells the plan', () => {
  const plan = {
    type: 'inventory.done',
    pages: 10,
    folders: 1,
    attachments: 5,
    comments: 0,
    toFetch: { pages: 4, attachments: 2, comments: 0 },
    toSkip: 9,
    toMove: 0,
    toDelete: 1,
    bytes: 2_000,
    requests: 3,
  } as const;
  const text = planSummary(plan, { ...finished({}, { requests: 4 }), dryRun: true });
  expect(text).toMatch(/nothing was written/);
  expect(text).toMatch(/4 pages, 2 attachments \(2\.0 kB\)/);
  expect(text).toMatch(/about 7 requests/);
});
