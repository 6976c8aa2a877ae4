import { expect, test } from '@jest/globals';
import { notice } from '../../../lib/cli/render/notice.js';
import { PLAIN } from '../../../lib/cli/render/style.js';
import type { EventBody } from '../../../lib/events/events.js';
import { failedItem, stamped } from '../../support/events.js';

const tell = (event: EventBody, isVerbose: boolean): string | undefined =>
  notice(stamped(event), { isVerbose, style: PLAIN });

const inSeconds = (seconds: number): string =>
  new Date(Date.parse('2026-02-03T04:05:06Z') + seconds * 1000).toISOString();

test.each<[EventBody, string]>([
  [{ type: 'run.started', space: 'DOCS', mode: 'delta' }, 'Pulling DOCS (delta).'],
  [
    { type: 'run.started', space: 'DOCS', mode: 'resume', resumed: { processed: 1200, total: 3000 } },
    'Resuming: 1,200 already synced, 1,800 remaining (DOCS).',
  ],
  [
    { type: 'setting.changed', setting: 'comments', from: 'on', to: 'off', effect: '10 files leave' },
    'comments: on -> off, 10 files leave',
  ],
  [
    { type: 'setting.changed', setting: 'label', to: 'a\u001b', effect: 'pages leave' },
    'label: off -> a\\u{1b}, pages leave',
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
  [{ type: 'rate.paused', untilTs: inSeconds(600), reason: 'quota' }, 'rate limit (quota): waiting 10:00'],
  [
    { type: 'rate.paused', untilTs: inSeconds(600), reason: 'unavailable', lane: 'pages' },
    'the wiki is not available and asks to wait: waiting 10:00',
  ],
  [
    { type: 'listing.incomplete', of: 'names', code: 'http-500', message: 'no\n', hint: 'Do.' },
    "incomplete: people's names could not be listed whole: no\\u{a} Do.",
  ],
])('%j is told', (event, text) => {
  expect(tell(event, false)).toBe(text);
});

test.each<[EventBody, string]>([
  [{ type: 'rate.paused', untilTs: inSeconds(2), reason: 'burst', lane: 'pages' }, 'waiting 0:02'],
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
  [{ type: 'page.written', id: '1', version: 1, path: 'a.md', bytes: 1, change: 'new' }, '+ a.md'],
  [{ type: 'page.written', id: '1', version: 1, path: 'a.md', bytes: 1, change: 'relinked' }, '~ a.md'],
  [{ type: 'page.moved', id: '1', from: 'a.md', to: 'b\u001b.md' }, '> a.md -> b\\u{1b}.md'],
  [{ type: 'page.deleted', id: '1', path: 'a.md' }, '- a.md'],
  [
    { type: 'attachment.written', pageId: '1', id: 'att1', path: 'a.png', bytes: 1, change: 'edited' },
    '~ a.png',
  ],
  [{ type: 'attachment.moved', pageId: '1', id: 'att1', from: 'a.png', to: 'b.png' }, '> a.png -> b.png'],
  [{ type: 'attachment.deleted', pageId: '1', id: 'att1', path: 'a.png' }, '- a.png'],
  [
    { type: 'comments.written', pageId: '1', path: 'a.comments.md', bytes: 1, count: 2, change: 'new' },
    '+ a.comments.md',
  ],
  [
    { type: 'comments.moved', pageId: '1', from: 'a.comments.md', to: 'b.comments.md' },
    '> a.comments.md -> b.comments.md',
  ],
  [{ type: 'comments.deleted', pageId: '1', path: 'a.comments.md' }, '- a.comments.md'],
  [{ type: 'folder.written', id: '1', path: 'guides' }, '+ guides'],
  [{ type: 'folder.moved', id: '1', from: 'guides', to: 'help' }, '> guides -> help'],
  [{ type: 'folder.deleted', id: '1', path: 'guides' }, '- guides'],
])('%j is told with --verbose only', (event, text) => {
  expect(tell(event, false)).toBeUndefined();
  expect(tell(event, true)).toContain(text);
});

test.each<EventBody>([
  { type: 'page.skipped', id: '1', path: 'a.md', reason: 'unchanged' },
  { type: 'inventory.progress', pages: 1, folders: 0, attachments: 0 },
])('%j is left to the progress line', (event) => {
  expect(tell(event, true)).toBeUndefined();
});
