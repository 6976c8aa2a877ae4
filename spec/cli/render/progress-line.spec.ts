import { expect, test } from '@jest/globals';
import { progressLine } from '../../../lib/cli/render/progress-line.js';
import type { Progress } from '../../../lib/events/events.js';
import { PROGRESS as HALF_WAY } from '../../support/events.js';

const NONE = { done: 0, failed: 0, total: 0 };

const NO_ETA: Progress = HALF_WAY;

test.each<[string, Partial<Progress>, string]>([
  ['as promised', {}, 'pages 50/100 (2 failed)  12.4/s  attachments 120/400 18 MB  concurrency 6  eta 0:41'],
  [
    'the pace is that of attachments once the pages are done',
    { pages: { done: 100, failed: 0, total: 100 } },
    'pages 100/100  attachments 120/400 18 MB  12.4/s  concurrency 6  eta 0:41',
  ],
  [
    'with comments and without attachments',
    { attachments: NONE, comments: { done: 1, failed: 0, total: 9 } },
    'pages 50/100 (2 failed)  12.4/s  comments 1/9  concurrency 6  eta 0:41',
  ],
  [
    'failed attachments are told',
    { attachments: { done: 119, failed: 1, total: 400 } },
    'pages 50/100 (2 failed)  12.4/s  attachments 120/400 (1 failed) 18 MB  concurrency 6  eta 0:41',
  ],
])('%s', (_name, changes, line) => {
  expect(progressLine({ ...NO_ETA, etaMs: 41_000, ...changes })).toBe(line);
});

test('no time is told that cannot be known yet', () => {
  expect(progressLine(NO_ETA)).not.toContain('eta');
});
