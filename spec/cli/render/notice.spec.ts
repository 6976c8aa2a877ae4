import { expect, test } from '@jest/globals';
import { notice } from '../../../lib/cli/render/notice.js';
import type { EventBody } from '../../../lib/events/events.js';
import { failedItem, stamped } from '../../support/events.js';

const inSeconds = (seconds: number): string =>
  new Date(Date.parse('2026-02-03T04:05:06Z') + seconds * 1000).toISOString();

test.each<[EventBody, string]>([
  [{ type: 'run.started', space: 'DOCS', mode: 'delta' }, 'Pulling DOCS (delta).'],
  [
    { type: 'run.started', space: 'DOCS', mode: 'resume', resumed: { processed: 1200, total: 3000 } },
    'Resuming: 1,200 already synced, 1,800 remaining (DOCS).',
  ],
  [{ type: 'warning', code: 'x', message: 'odd \u001b' }, 'warning: odd \\u{1b}'],
  [
    { type: 'item.failed', ...failedItem({ title: 'a\u202eb', message: 'no\n' }) },
    'failed: page 7 "a\\u{202e}b": no\\u{a}',
  ],
  [
    { type: 'page.skipped', id: '7', path: 'a\u0007.md', reason: 'not-visible' },
    'gone since it was listed: page 7 (a\\u{7}.md)',
  ],
  [{ type: 'rate.paused', untilTs: inSeconds(600), reason: 'quota' }, 'rate limit (quota): waiting 600 s'],
  [
    { type: 'rate.paused', untilTs: inSeconds(600), reason: 'unavailable', lane: 'pages' },
    'the wiki is not available and asks to wait: waiting 600 s',
  ],
  [
    { type: 'listing.incomplete', of: 'names', code: 'http-500', message: 'no\n', hint: 'Do.' },
    "incomplete: people's names could not be listed whole: no\\u{a} Do.",
  ],
])('%j is told', (event, text) => {
  expect(notice(stamped(event), false)).toBe(text);
});

test.each<[EventBody, string]>([
  [{ type: 'rate.paused', untilTs: inSeconds(2), reason: 'burst', lane: 'pages' }, 'waiting 2 s'],
  [
    { type: 'rate.changed', limit: 5, previous: 10, cause: 'rate-limited' },
    'concurrency 10 -> 5 (rate-limited)',
  ],
  [
    { type: 'rate.changed', limit: 8, previous: 4, cause: 'clean', lane: 'media' },
    'concurrency of media 4 -> 8 (clean)',
  ],
  [
    { type: 'retry.scheduled', lane: 'users', attempt: 2, delayMs: 500, status: 503 },
    '(users, 503) in 500 ms',
  ],
  [{ type: 'retry.scheduled', lane: 'users', attempt: 2, delayMs: 500 }, 'no answer'],
])('%j is told with --verbose only', (event, text) => {
  expect(notice(stamped(event), false)).toBeUndefined();
  expect(notice(stamped(event), true)).toContain(text);
});

test.each<EventBody>([
  { type: 'page.written', id: '1', version: 1, path: 'a.md', bytes: 1, change: 'new' },
  { type: 'page.skipped', id: '1', path: 'a.md', reason: 'unchanged' },
  { type: 'page.deleted', id: '1', path: 'a.md' },
  { type: 'inventory.progress', pages: 1, folders: 0, attachments: 0 },
])('%j is left to the progress line', (event) => {
  expect(notice(stamped(event), true)).toBeUndefined();
});
