import type {
  EventBody,
  KindTotals,
  RunTotals,
  RxsyncEvent,
  Totals,
  Progress,
} from '../../lib/events/events.js';
import type { FailedItem } from '../../lib/events/failed-item.js';

/** An event in its envelope. */
export const stamped = (event: EventBody, ts = '2026-02-03T04:05:06.000Z'): RxsyncEvent => ({
  v: 1,
  seq: 1,
  ts,
  run: 'run-1',
  ...event,
});

const NOTHING: KindTotals = {
  listed: 0,
  written: 0,
  unchanged: 0,
  moved: 0,
  failed: 0,
  notVisible: 0,
  deleted: 0,
};

/** A failed item, with what is given. */
export const failedItem = (changes: Partial<FailedItem> = {}): FailedItem => ({
  kind: 'page',
  id: '7',
  title: 'Setup',
  code: 'http-500',
  retryable: true,
  attempts: 2,
  message: 'GET answered 500.',
  hint: 'The next pull tries it again.',
  ...changes,
});

/** What a run ends with, where nothing has happened but what is given. */
export const runTotals = (
  totals: Partial<Record<keyof Totals, Partial<KindTotals>>> = {},
  changes: Partial<RunTotals> = {},
): RunTotals => ({
  space: 'DOCS',
  totals: {
    page: { ...NOTHING, ...totals.page },
    blogpost: { ...NOTHING, ...totals.blogpost },
    folder: { ...NOTHING, ...totals.folder },
    attachment: { ...NOTHING, ...totals.attachment },
    comments: { ...NOTHING, ...totals.comments },
  },
  failedItems: [],
  incomplete: [],
  requests: 0,
  retries: 0,
  rateLimited: 0,
  bytes: 0,
  durationMs: 0,
  exitCode: 0,
  ...changes,
});

/** A pull that is half way, and does not know yet how long it will take. */
export const PROGRESS: Progress = {
  type: 'progress',
  pages: { done: 48, failed: 2, total: 100 },
  attachments: { done: 120, failed: 0, total: 400 },
  comments: { done: 0, failed: 0, total: 0 },
  perSecond: 12.4,
  concurrency: 6,
  requests: 300,
  bytes: 18_000_000,
};
