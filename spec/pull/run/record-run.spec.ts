import { expect, test } from '@jest/globals';
import {
  EMPTY,
  lastValueFrom,
  type Observable,
  of,
  Subject,
  toArray,
  throwError,
  concat,
  catchError,
} from 'rxjs';
import type { ResponseSample } from '../../../lib/core/request-lane.js';
import { EXIT } from '../../../lib/errors/rxsync-error.js';
import { StoreError } from '../../../lib/errors/store-error.js';
import type { EventBody } from '../../../lib/events/events.js';
import type { RunSummary } from '../../../lib/events/run-summary.js';
import { resolveOptions } from '../../../lib/pull/run/pull-options.js';
import { recordRun } from '../../../lib/pull/run/record-run.js';
import { runTotals } from '../../support/events.js';
import { optionsFor } from '../../support/pulling.js';

const FINISHED: EventBody = { type: 'run.finished', dryRun: false, ...runTotals() };
const FAILED: EventBody = {
  type: 'run.failed',
  code: 'store',
  message: 'No.',
  ...runTotals({}, { exitCode: 1 }),
};
const STARTED: EventBody = { type: 'run.started', space: 'DOCS', mode: 'delta' };

interface Recording {
  readonly events$: Observable<EventBody>;
  readonly samples$?: Observable<ResponseSample>;
  readonly dryRun?: boolean;
  readonly saveRun?: (summary: RunSummary) => Promise<void>;
}

const record = async ({ events$, samples$ = EMPTY, dryRun = false, saveRun }: Recording) => {
  const saved: RunSummary[] = [];
  const run = {
    options: resolveOptions(optionsFor('/mirror', { dryRun })),
    samples$,
    startedAt: '2026-02-03T04:05:06.000Z',
    stats: () => ({ requests: 0, retries: 0, rateLimited: 0, concurrency: 5 }),
  };
  const deps = {
    now: () => Date.parse('2026-02-03T04:05:07.000Z'),
    saveRun: async (_dir: string, summary: RunSummary): Promise<void> => {
      await saveRun?.(summary);
      saved.push(summary);
    },
  };
  const told = await lastValueFrom(
    events$.pipe(
      recordRun(run, deps, 'run-7'),
      catchError((error: unknown) => of(String(error))),
      toArray(),
    ),
  );
  return { saved, told };
};

test('events pass as they are, and what they tell is saved', async () => {
  const samples = new Subject<ResponseSample>();
  const answered = new Subject<EventBody>();
  const recording = record({ events$: answered, samples$: samples });
  answered.next(STARTED);
  samples.next({ lane: 'pages', startedAtMs: 0, atMs: 40, status: 200, headers: {} });
  answered.next(FINISHED);
  answered.complete();
  const { saved, told } = await recording;
  expect(told).toEqual([STARTED, FINISHED]);
  expect(saved).toMatchObject([{ run: 'run-7', mode: 'delta', latencies: [{ lane: 'pages', maxMs: 40 }] }]);
  expect(samples.observed).toBe(false);
});

test('the last event waits for the summary', async () => {
  const order: string[] = [];
  const events$ = of(STARTED, FINISHED);
  const { told } = await record({
    events$,
    saveRun: async () => {
      await Promise.resolve();
      order.push('saved');
    },
  });
  expect(order).toEqual(['saved']);
  expect(told.at(-1)).toEqual(FINISHED);
});

test('a run that has failed is kept, too, and fails as it did', async () => {
  const { saved, told } = await record({
    events$: concat(
      of(FAILED),
      throwError(() => new Error('disk')),
    ),
  });
  expect(saved).toMatchObject([{ ending: 'failed', error: { code: 'store' } }]);
  expect(told).toEqual([FAILED, 'Error: disk']);
});

test('a summary that cannot be kept is told and costs nothing else', async () => {
  const saveRun = () => Promise.reject(new StoreError('".rxsync/runs" cannot be written: ENOSPC.'));
  expect((await record({ events$: of(FINISHED), saveRun })).told).toEqual([
    { type: 'warning', code: 'run-not-recorded', message: expect.stringContaining('ENOSPC') },
    FINISHED,
  ]);
  expect((await record({ events$: of(FAILED), saveRun })).told).toEqual([FAILED]);
});

test('a dry run leaves none, nor does one that another run has locked out', async () => {
  const locked: EventBody = { ...FAILED, code: 'mirror-locked', exitCode: EXIT.locked };
  expect((await record({ events$: of(FINISHED), dryRun: true })).saved).toEqual([]);
  expect((await record({ events$: of(locked) })).saved).toEqual([]);
});

test('what the summary could not be kept for is told as far as it is known', async () => {
  const told = async (error: Error) => {
    const [warning] = (await record({ events$: of(FINISHED), saveRun: () => Promise.reject(error) })).told;
    return warning;
  };
  expect(await told(new StoreError('The disk is full.'))).toMatchObject({
    message: 'The report will lack this run. The disk is full.',
  });
  expect(await told(new Error('odd'))).toMatchObject({
    message: 'The report will lack this run. Its summary cannot be kept.',
  });
});

test('one that was interrupted is kept, too', async () => {
  const interrupted: EventBody = {
    type: 'run.interrupted',
    reason: 'SIGINT',
    ...runTotals({}, { exitCode: 130 }),
  };
  const { saved, told } = await record({ events$: of(STARTED, interrupted) });
  expect(saved).toMatchObject([{ ending: 'interrupted', exitCode: 130 }]);
  expect(told).toEqual([STARTED, interrupted]);
});
