import { expect, test } from '@jest/globals';
import { chooseRenderer, type ProgressMode } from '../../../lib/cli/render/choose-renderer.js';
import type { EventBody, Progress, RxsyncEvent } from '../../../lib/events/events.js';
import { stamped } from '../../support/events.js';

const progress: Progress = {
  type: 'progress',
  pages: { done: 1, failed: 0, total: 2 },
  attachments: { done: 0, failed: 0, total: 0 },
  comments: { done: 0, failed: 0, total: 0 },
  perSecond: 1,
  concurrency: 5,
  requests: 1,
  bytes: 0,
};
const LINE = 'pages 1/2  1.0/s  concurrency 5';
const started: EventBody = { type: 'run.started', space: 'DOCS', mode: 'full' };

const at = (second: number, event: EventBody): RxsyncEvent =>
  stamped(event, new Date(Date.parse('2026-02-03T04:05:00Z') + second * 1000).toISOString());

/** What a mode writes where. */
const show = (
  mode: ProgressMode,
  events: readonly RxsyncEvent[],
  { isErrTty = false, columns = 80 } = {},
) => {
  let [out, err] = ['', ''];
  const terminal = {
    out: (text: string) => (out += text),
    err: (text: string) => (err += text),
    isErrTty,
    columns: () => columns,
  };
  const renderer = chooseRenderer(mode, terminal, false);
  events.forEach(renderer.render);
  renderer.end();
  return { out, err };
};

test('ndjson writes one event a line to stdout and nothing to stderr', () => {
  const { out, err } = show('ndjson', [stamped(started), stamped(progress)]);
  expect(out.endsWith('\n')).toBe(true);
  expect(
    out
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toMatchObject([started, progress]);
  expect(err).toBe('');
});

test('none writes nothing', () => {
  expect(show('none', [stamped(started), stamped(progress)])).toEqual({ out: '', err: '' });
});

test('plain writes notices at once and a line every five seconds, to stderr', () => {
  const events = [at(0, started), ...[0, 1, 4.9, 5, 9, 10].map((second) => at(second, progress))];
  expect(show('plain', events)).toEqual({
    out: '',
    err: `Pulling DOCS (full).\n${LINE}\n${LINE}\n${LINE}\n`,
  });
});

test('plain tells no progress before anything is listed', () => {
  const none = { ...progress, pages: { done: 0, failed: 0, total: 0 } };
  expect(show('plain', [stamped(none)]).err).toBe('');
});

test('bar keeps one line, scrolls notices above it and clears it at the end', () => {
  const { out, err } = show('bar', [stamped(progress), stamped(started)]);
  expect(out).toBe('');
  const clear = '\r\u001b[2K';
  expect(err).toBe(`${clear}${LINE}${clear}Pulling DOCS (full).\n${clear}${LINE}${clear}`);
});

test('bar shows the listing, and never more than the terminal is wide', () => {
  const listing: EventBody = { type: 'inventory.progress', pages: 250, folders: 3, attachments: 40 };
  expect(show('bar', [stamped(listing)]).err).toContain('listing: pages 250  folders 3  attachments 40');
  expect(show('bar', [stamped(listing)], { columns: 19 }).err).toContain('listing: pages 250\r');
});

test('auto is a bar on a terminal and plain lines elsewhere', () => {
  const events = [stamped(started), stamped(progress)];
  expect(show('auto', events, { isErrTty: true })).toEqual(show('bar', events));
  expect(show('auto', events)).toEqual(show('plain', events));
});
