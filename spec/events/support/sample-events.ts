import type { EventOf, EventType, KindTotals, RunTotals } from '../../../lib/events/events.js';

const envelope = { v: 1, seq: 1, ts: '2026-02-03T10:00:00.000Z', run: 'r1' } as const;
const kind: KindTotals = {
  listed: 6,
  written: 1,
  unchanged: 1,
  moved: 1,
  failed: 1,
  notVisible: 1,
  deleted: 1,
};
const failed = { kind: 'page', id: '7', title: 'A', code: 'http-500', status: 500, message: 'No.' } as const;
const lane = { done: 1, failed: 0, total: 2 };

const totals: RunTotals = {
  space: 'DOC',
  totals: { page: kind, blogpost: kind, folder: kind, attachment: kind, comments: kind },
  failedItems: [failed],
  requests: 10,
  retries: 1,
  rateLimited: 0,
  bytes: 1000,
  durationMs: 1500,
  exitCode: 3,
};

/** An event of every type, with all its optional fields. */
export const SAMPLE_EVENTS: { readonly [T in EventType]: Required<EventOf<T>> } = {
  'run.started': {
    ...envelope,
    type: 'run.started',
    space: 'DOC',
    mode: 'resume',
    resumed: { processed: 1, total: 2 },
  },
  'inventory.progress': { ...envelope, type: 'inventory.progress', pages: 1, folders: 2, attachments: 3 },
  'inventory.done': {
    ...envelope,
    type: 'inventory.done',
    pages: 1,
    folders: 2,
    attachments: 3,
    comments: 4,
    toFetch: { pages: 1, attachments: 1, comments: 1 },
    toSkip: 1,
    toMove: 0,
    toDelete: 1,
    bytes: 100,
    requests: 3,
  },
  'page.written': {
    ...envelope,
    type: 'page.written',
    id: '7',
    version: 2,
    path: 'a.md',
    bytes: 10,
    change: 'edited',
  },
  'page.moved': { ...envelope, type: 'page.moved', id: '7', from: 'a.md', to: 'b.md' },
  'page.deleted': { ...envelope, type: 'page.deleted', id: '7', path: 'a.md' },
  'page.skipped': { ...envelope, type: 'page.skipped', id: '7', path: 'a.md', reason: 'unchanged' },
  'attachment.written': {
    ...envelope,
    type: 'attachment.written',
    pageId: '7',
    id: 'att8',
    path: 'a.attachments/b.png',
    bytes: 10,
  },
  'comments.written': { ...envelope, type: 'comments.written', pageId: '7', path: 'a.comments.md', count: 2 },
  'item.failed': { ...envelope, type: 'item.failed', ...failed, retryable: true, attempts: 4 },
  'rate.changed': { ...envelope, type: 'rate.changed', limit: 4, previous: 5, cause: 'latency' },
  'rate.paused': {
    ...envelope,
    type: 'rate.paused',
    untilTs: '2026-02-03T10:01:00.000Z',
    reason: 'retry-after',
    lane: 'pages',
  },
  'retry.scheduled': {
    ...envelope,
    type: 'retry.scheduled',
    lane: 'pages',
    attempt: 1,
    delayMs: 250,
    status: 503,
    code: 'ECONNRESET',
  },
  'checkpoint.written': { ...envelope, type: 'checkpoint.written', done: 5, failed: 1 },
  warning: { ...envelope, type: 'warning', code: 'kept', message: 'a.md is kept as a.md.local-1.' },
  progress: {
    ...envelope,
    type: 'progress',
    pages: lane,
    attachments: lane,
    comments: lane,
    perSecond: 12.4,
    etaMs: 41_000,
    concurrency: 6,
    requests: 10,
    bytes: 100,
  },
  'run.finished': { ...envelope, type: 'run.finished', ...totals, dryRun: false },
  'run.interrupted': { ...envelope, type: 'run.interrupted', ...totals, reason: 'SIGINT' },
  'run.failed': { ...envelope, type: 'run.failed', ...totals, code: 'store', message: 'No.', hint: 'Do.' },
};
