import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { NEVER, Subject, type Observable, concat, of, throwError } from 'rxjs';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import type { EventBody } from '../../../lib/events/events.js';
import { narrate } from '../../../lib/pull/run/narrate.js';
import { type PullOptions, resolveOptions } from '../../../lib/pull/run/pull-options.js';
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
const listen = (
  steps$: Observable<Step>,
  stop$: Observable<string> = NEVER,
  options: Partial<PullOptions> = {},
) => {
  const run = startRun(
    resolveOptions(optionsFor('mirror', options)),
    depsFor(fakeWiki({}), { stop$, now: Date.now }),
  );
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

test('a listing that is not whole is an exit with 3, though nothing has failed', () => {
  const steps = new Subject<Step>();
  const { run, events } = listen(steps);
  run.noteGap({ of: 'labels', error: new HttpError(500, 'no') });
  steps.complete();
  expect(events.at(-1)).toMatchObject({
    type: 'run.finished',
    exitCode: 3,
    failedItems: [],
    incomplete: [{ of: 'labels' }],
  });
});

test('the end tells what became of everything, what was asked for it, and how long it took', () => {
  const steps = new Subject<Step>();
  const { run, events } = listen(steps);
  run.count({ type: 'listed', kind: 'page', count: 2 });
  run.count({ type: 'outcome', kind: 'page', result: 'written', bytes: 40 });
  jest.advanceTimersByTime(1500);
  steps.complete();
  expect(events.at(-1)).toEqual({
    type: 'run.finished',
    dryRun: false,
    space: 'DOCS',
    totals: run.tally().totals,
    failedItems: [],
    incomplete: [],
    requests: 0,
    retries: 0,
    rateLimited: 0,
    bytes: 40,
    durationMs: 1500,
    exitCode: 0,
  });
});

test('a dry run says that it is one, and tells no progress, as it makes none', () => {
  const steps = new Subject<Step>();
  const { run, events } = listen(steps, NEVER, { dryRun: true });
  const listed: Step = { type: 'listed', kind: 'page', count: 2 };
  run.count(listed);
  steps.next(listed);
  jest.advanceTimersByTime(1000);
  steps.next(started);
  jest.advanceTimersByTime(1000);
  steps.complete();
  expect(events.map(({ type }) => type)).toEqual(['run.started', 'run.finished']);
  expect(events.at(-1)).toMatchObject({ dryRun: true, exitCode: 0 });
});

test('a failure without advice is told without', () => {
  const bare = listen(throwError(() => new CredentialsError('refused'))).events.at(-1);
  expect(bare).toMatchObject({ type: 'run.failed', code: 'credentials', message: 'refused' });
  expect(bare).not.toHaveProperty('hint');
});
