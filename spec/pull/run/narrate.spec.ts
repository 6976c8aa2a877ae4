import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { NEVER, Subject, type Observable, concat, of, throwError } from 'rxjs';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import type { EventBody } from '../../../lib/events/events.js';
import { narrate } from '../../../lib/pull/run/narrate.js';
import { resolveOptions } from '../../../lib/pull/run/pull-options.js';
import { startRun } from '../../../lib/pull/run/start-run.js';
import { eventStep, type Step } from '../../../lib/pull/run/step.js';
import { failedItem } from '../../support/events.js';
import { fakeWiki } from '../../support/fake-wiki.js';
import { depsFor, optionsFor } from '../../support/pulling.js';

beforeEach(() => {
  jest.useFakeTimers({ now: Date.parse('2026-02-03T04:05:06Z') });
});

afterEach(() => {
  jest.useRealTimers();
});

const written = (kind: 'page' | 'attachment', bytes: number): Step => ({
  type: 'outcome',
  kind,
  result: 'written',
  bytes,
});

/** Subscribes to the narration of some steps; the run counts them, as a pull does. */
const listen = (steps$: Observable<Step>, stop$: Observable<string> = NEVER) => {
  const run = startRun(resolveOptions(optionsFor('mirror')), depsFor(fakeWiki({}), { stop$, now: Date.now }));
  const events: EventBody[] = [];
  const errors: unknown[] = [];
  steps$.pipe(narrate(run, 'DOCS', Date.now)).subscribe({
    next: (event) => events.push(event),
    error: (error: unknown) => errors.push(error),
  });
  return { run, events, errors };
};

const started = eventStep({ type: 'run.started', space: 'DOCS', mode: 'full' });

test('tells events in order and how the run has ended, once and last', () => {
  const { events } = listen(of(started, eventStep({ type: 'warning', code: 'x', message: 'y' })));
  expect(events.map(({ type }) => type)).toEqual(['run.started', 'warning', 'run.finished']);
  expect(events.at(-1)).toMatchObject({ space: 'DOCS', exitCode: 0, dryRun: false, durationMs: 0 });
});

test('counts failed items into the exit code', () => {
  const steps = new Subject<Step>();
  const { run, events } = listen(steps);
  const failed = failedItem();
  run.count({ type: 'outcome', kind: 'page', result: 'failed', failed });
  steps.complete();
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', exitCode: 3, failedItems: [failed] });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['EPIPE', 141],
  ['aborted', 130],
])('a stop by %s ends as run.interrupted with %s', (reason, exitCode) => {
  const { events } = listen(of(started), of(reason));
  expect(events.at(-1)).toMatchObject({ type: 'run.interrupted', reason, exitCode });
});

test('an error is told as run.failed and then passed on', () => {
  const error = new CredentialsError('refused', { hint: 'Check them.' });
  const { events, errors } = listen(
    concat(
      of(started),
      throwError(() => error),
    ),
  );
  expect(events.map(({ type }) => type)).toEqual(['run.started', 'run.failed']);
  expect(events.at(-1)).toMatchObject({ code: 'credentials', hint: 'Check them.', exitCode: 12 });
  expect(errors).toEqual([error]);
});

test('an error that rxsync does not know is told as unexpected', () => {
  const { events } = listen(throwError(() => new TypeError('x is undefined')));
  expect(events).toMatchObject([
    { type: 'run.failed', code: 'unexpected', message: 'x is undefined', exitCode: 1 },
  ]);
});

test('tells progress at most four times a second, with pace and time left', () => {
  const steps = new Subject<Step>();
  const { run, events } = listen(steps);
  const tell = (step: Step): void => {
    run.count(step);
    steps.next(step);
  };
  tell({ type: 'listed', kind: 'page', count: 100 });
  tell({ type: 'listed', kind: 'attachment', count: 2 });
  for (let i = 0; i < 40; i += 1) {
    tell(written('page', 10));
    jest.advanceTimersByTime(50);
  }
  tell(written('attachment', 18));
  jest.advanceTimersByTime(250);
  const progress = events.filter((event) => event.type === 'progress');
  expect(progress.length).toBeGreaterThan(4);
  expect(progress.length).toBeLessThanOrEqual(10);
  expect(progress.at(-1)).toMatchObject({
    pages: { done: 40, failed: 0, total: 100 },
    attachments: { done: 1, failed: 0, total: 2 },
    bytes: 18,
  });
  const { perSecond, etaMs } = progress.at(-2) ?? {};
  expect(perSecond).toBeGreaterThan(15);
  expect(perSecond).toBeLessThan(25);
  expect(etaMs).toBeGreaterThan(1_000);
});
