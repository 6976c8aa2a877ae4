import { expect, jest, test } from '@jest/globals';
import { liveTerminal } from '../../../lib/cli/render/live-terminal.js';
import { chooseRenderer, type ProgressMode } from '../../../lib/cli/render/choose-renderer.js';
import { PLAIN } from '../../../lib/cli/render/style.js';
import type { EventBody, Progress, RxsyncEvent } from '../../../lib/events/events.js';
import { stamped } from '../../support/events.js';
import { fakeTerminal } from '../../support/terminal.js';

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

const warning = (code: string): EventBody => ({ type: 'warning', code, message: `${code}.` });

const at = (second: number, event: EventBody): RxsyncEvent =>
  stamped(event, new Date(Date.parse('2026-02-03T04:05:00Z') + second * 1000).toISOString());

const LOOK = { isVerbose: false, style: PLAIN };

/** What a mode writes where. */
const show = (
  mode: ProgressMode,
  events: readonly RxsyncEvent[],
  { isErrTty = false, columns = 80, term = 'xterm', label = '', isQuiet = false } = {},
) => {
  const terminal = fakeTerminal({ isErrTty, columns });
  const renderer = chooseRenderer(
    mode,
    { terminal: liveTerminal(terminal), term },
    { ...LOOK, isQuiet, ...(label !== '' && { label }) },
  );
  events.forEach(renderer.render);
  renderer.end();
  return terminal.written;
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

test('none writes warnings only, to stderr', () => {
  const warnings = [warning('kept-local'), warning('listed-by-page')];
  expect(
    show(
      'none',
      [started, ...warnings, progress].map((event) => stamped(event)),
    ),
  ).toEqual({
    out: '',
    err: 'warning: kept-local.\nwarning: listed-by-page.\n',
  });
});

test('quiet, it leaves out those of how the pull works', () => {
  const codes = ['wrong-size', 'listed-by-page', 'near-rate-limit', 'kept-local'];
  expect(
    show(
      'none',
      codes.map((code) => stamped(warning(code))),
      { isQuiet: true },
    ).err,
  ).toBe('warning: wrong-size.\nwarning: kept-local.\n');
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

const CLEAR = '\r\u001b[1A\u001b[J';

test('bar keeps a block of lines, scrolls notices above it and clears it at the end', () => {
  const { out, err } = show('bar', [stamped(progress), stamped(started)]);
  const block = 'pages        [============------------]  1/2  1.0/s\neta ?  concurrency 5  1 request';
  expect(out).toBe('');
  expect(err).toBe(`${block}${CLEAR}Pulling DOCS (full).\n${block}${CLEAR}`);
});

test('where several runs are shown, each line says whose it is', () => {
  const events = [stamped(started), stamped(progress)];
  expect(show('plain', events, { label: 'DOCS' }).err).toBe(`DOCS: Pulling DOCS (full).\nDOCS: ${LINE}\n`);
  const { err } = show('bar', events, { label: 'DOCS' });
  expect(err).toMatch(/^DOCS: Pulling DOCS \(full\)\.\nDOCS\npages {8}\[/);
});

test('a resize draws the block anew, until the end', () => {
  const terminal = fakeTerminal({ isErrTty: true });
  const renderer = chooseRenderer('bar', { terminal: liveTerminal(terminal), term: 'xterm' }, LOOK);
  renderer.render(stamped(progress));
  terminal.written.err = '';
  terminal.resize(40);
  expect(terminal.written.err).toMatch(/pages {8}(?:\[=+-+\] {2})?1\/2/);
  renderer.end();
  terminal.written.err = '';
  terminal.resize(80);
  expect(terminal.written.err).toBe('');
});

test('a hold is counted down every second, and with --verbose told, too', () => {
  jest.useFakeTimers({ now: Date.parse('2026-02-03T04:05:00Z') });
  const terminal = fakeTerminal({ isErrTty: true });
  const renderer = chooseRenderer('bar', { terminal: liveTerminal(terminal), term: 'xterm' }, LOOK);
  const pause: EventBody = { type: 'rate.paused', untilTs: '2026-02-03T04:05:02Z', reason: 'burst' };
  renderer.render(at(0, pause));
  jest.advanceTimersByTime(5_000);
  expect(terminal.written.err.match(/waiting 0:0\d/g)).toEqual(['waiting 0:02', 'waiting 0:01']);
  expect(jest.getTimerCount()).toBe(0);
  renderer.render(at(0, { ...pause, untilTs: '2026-02-03T04:15:02Z' }));
  renderer.end();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test.each([
  { term: 'dumb', columns: 80 },
  { term: 'xterm', columns: 0 },
])('a terminal that cannot draw gets plain lines: %j', (screen) => {
  const events = [stamped(started), stamped(progress)];
  for (const mode of ['auto', 'bar'] as const)
    expect(show(mode, events, { isErrTty: true, ...screen })).toEqual(show('plain', events));
});

test('auto is a bar on a terminal and plain lines elsewhere', () => {
  const events = [stamped(started), stamped(progress)];
  expect(show('auto', events, { isErrTty: true })).toEqual(show('bar', events));
  expect(show('auto', events)).toEqual(show('plain', events));
});
