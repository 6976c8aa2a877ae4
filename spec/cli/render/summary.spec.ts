import { expect, test } from '@jest/globals';
import type { PlannedItem } from '../../../lib/events/planned-item.js';
import { planLine, planSummary, summary as summaryOf } from '../../../lib/cli/render/summary.js';
import { PLAIN } from '../../../lib/cli/render/style.js';
import type { RunFinished, RunInterrupted } from '../../../lib/events/events.js';
import { failedItem, runTotals } from '../../support/events.js';

const finished = (...args: Parameters<typeof runTotals>): RunFinished => ({
  type: 'run.finished',
  dryRun: false,
  ...runTotals(...args),
});

const summary = (
  event: RunFinished | RunInterrupted,
  dir: string,
  { kept = [], width = 80 }: { kept?: readonly string[]; width?: number } = {},
): string => summaryOf(event, { kept }, { dir, width, style: PLAIN });

test('tells what was done to what, how much and at what cost', () => {
  const lines = summary(
    finished(
      { page: { written: 1200, unchanged: 3 }, attachment: { deleted: 2 } },
      { bytes: 18_000_000, requests: 1500, retries: 3, rateLimited: 1, durationMs: 61_000 },
    ),
    'mirror',
  ).split('\n');
  expect(lines[0]).toBe('Mirrored DOCS into mirror in 1:01.');
  expect(lines.slice(1, 4)).toEqual([
    '                written  unchanged  deleted',
    '  pages           1,200          3        -',
    '  attachments         -          -        2',
  ]);
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

test('a listing that is not whole is told with its reason and what to do, and that what it may have left out stays', () => {
  const listing = {
    of: 'attachment',
    code: 'http-500',
    message: 'GET \u001b answered 500.',
    hint: 'Later.',
  } as const;
  const text = summary(finished({}, { incomplete: [listing] }), 'mirror');
  expect(text).toMatch(/^Mirrored, but not completely: DOCS/);
  expect(text).toContain(
    'Not listed whole (what is not known to be gone stays):\n  attachments could not be listed whole: GET \\u{1b} answered 500. Later.',
  );
});

test('an interrupted run says how to go on', () => {
  const listed = runTotals({ page: { listed: 5, written: 2 } });
  const text = summary({ type: 'run.interrupted', reason: 'SIGINT', ...listed }, 'mirror');
  expect(text).toMatch(/checkpoint is saved in mirror\..*same command again/);
});

test('a stop before anything was listed promises no checkpoint', () => {
  const text = summary({ type: 'run.interrupted', reason: 'SIGINT', ...runTotals() }, 'mirror');
  expect(text).toMatch(/before the listing for mirror was complete.*same command again/);
  expect(text).not.toContain('checkpoint');
});

test('columns that have no room become lists', () => {
  const text = summary(
    finished({ page: { written: 1200, unchanged: 3, failed: 1 }, attachment: { deleted: 2 } }),
    'mirror',
    { width: 40 },
  );
  expect(text.split('\n').slice(1, 3)).toEqual([
    '  pages         1,200 written, 3 unchanged, 1 failed',
    '  attachments   2 deleted',
  ]);
});

test('nothing to tell of any kind: no table', () => {
  expect(summary(finished(), 'mirror').split('\n')[1]).toMatch(/^ {2}bytes/);
});

test('files kept aside are named, with what to do', () => {
  const text = summary(finished({ page: { written: 1 } }), 'mirror', { kept: ['a.md is kept as \u001b.'] });
  expect(text).toMatch(/^Kept aside \(1\):\n {2}a\.md is kept as \\u\{1b\}\.$/m);
  expect(text).toMatch(/^What you changed stands in the files kept aside/m);
});

test.each<[string, Partial<RunFinished>, RegExp]>([
  [
    'failed items',
    { failedItems: [failedItem()] },
    /^The next pull tries the failed items again; rxsync status/m,
  ],
  [
    'listings that are not whole',
    { incomplete: [{ of: 'labels', code: 'http-500', message: 'no', hint: '' }] },
    /^rxsync doctor mirror tries each listing/m,
  ],
  [
    'many refusals',
    { requests: 100, rateLimited: 11 },
    /^The wiki refused 11 requests by its rate limit: .*--max-concurrency/m,
  ],
])('when something is off, it says what to do: %s', (_name, changes, hint) => {
  expect(summary({ ...finished(), ...changes }, 'mirror')).toMatch(hint);
  expect(summary({ ...finished(), requests: 100, rateLimited: 3 }, 'mirror')).not.toMatch(hint);
});

test('a dry run tells the plan', () => {
  const plan = {
    type: 'inventory.done',
    pages: 10,
    folders: 1,
    attachments: 5,
    comments: 0,
    toFetch: { pages: 4, attachments: 1, comments: 0 },
    toSkip: 9,
    toMove: 2,
    toDelete: 1,
    bytes: 2_000,
    requests: 3,
  } as const;
  const end = { ...finished({}, { requests: 4 }), dryRun: true };
  const items: readonly PlannedItem[] = [
    { kind: 'page', id: '1', title: 'A', action: 'write', path: 'a.md', reason: 'new' },
    { kind: 'page', id: '2', title: 'B', action: 'write', path: 'b.md', reason: 'edited' },
    { kind: 'page', id: '3', title: 'C', action: 'move', from: 'c.md', path: 'd.md', reason: 'moved' },
    { kind: 'attachment', id: 'att4', title: 'E', action: 'delete', path: 'e\u0007.png', reason: 'gone' },
  ];
  const text = [...items.map((item) => planLine(item, PLAIN)), planSummary({ plan, end }, PLAIN)].join('\n');
  expect(text.split('\n')).toEqual([
    '+ a.md  (new)',
    '~ b.md  (edited)',
    '> c.md -> d.md  (place or title changed)',
    '- e\\u{7}.png  (gone from the wiki)',
    '',
    'Dry run of DOCS: nothing was written. A pull would',
    '  fetch         4 pages, 1 attachment (2.0 kB), 0 comment files',
    '  keep          9 items as they are',
    '  move          2 items, or write new links into them',
    '  delete        1 item',
    '  send          about 7 requests, 4 of them for the listing',
  ]);
});
