import {
  EMPTY,
  type OperatorFunction,
  catchError,
  concat,
  connect,
  defer,
  merge,
  mergeMap,
  of,
  throwError,
} from 'rxjs';
import { EXIT, isRxsyncError, STOP_EXIT } from '../../errors/rxsync-error.js';
import type { EventBody, RunFailed, RunTotals } from '../../events/events.js';
import { progress$ } from './progress.js';
import type { StartedRun } from './start-run.js';
import { eventsOf, type Step } from './step.js';
import { countOf, failedItemsOf } from './tally.js';

const totalsOf = (run: StartedRun, space: string, nowMs: number, exitCode: number): RunTotals => {
  const tally = run.tally();
  const { totals, bytes } = tally;
  const { requests, retries, rateLimited } = run.stats();
  const durationMs = nowMs - Date.parse(run.startedAt);
  const incomplete = run.incomplete();
  return {
    space,
    totals,
    failedItems: failedItemsOf(tally),
    incomplete,
    requests,
    retries,
    rateLimited,
    bytes,
    durationMs,
    exitCode,
  };
};

const endEvent = (run: StartedRun, space: string, nowMs: number): EventBody => {
  const reason = run.stopReason();
  if (reason !== undefined) {
    const exitCode = STOP_EXIT[reason] ?? EXIT.sigint;
    return { type: 'run.interrupted', reason, ...totalsOf(run, space, nowMs, exitCode) };
  }
  const isWhole = countOf(run.tally(), 'failed') === 0 && run.incomplete().length === 0;
  const exitCode = isWhole ? EXIT.complete : EXIT.partial;
  return { type: 'run.finished', dryRun: run.options.dryRun, ...totalsOf(run, space, nowMs, exitCode) };
};

const failedEvent = (run: StartedRun, space: string, nowMs: number, error: unknown): RunFailed => {
  const isKnown = isRxsyncError(error);
  return {
    type: 'run.failed',
    code: isKnown ? error.code : 'unexpected',
    message: error instanceof Error ? error.message : String(error),
    ...(isKnown && error.hint !== undefined && { hint: error.hint }),
    ...totalsOf(run, space, nowMs, isKnown ? error.exitCode : EXIT.failed),
  };
};

/**
 * Returns an Observable of the events of the steps, with the progress that they make and, always last, how the run has
 * ended. An error is told as `run.failed` and then passed on.
 */
export const narrate =
  (run: StartedRun, space: string, now: () => number): OperatorFunction<Step, EventBody> =>
  (steps$) =>
    concat(
      steps$.pipe(
        connect((shared$) =>
          merge(shared$.pipe(mergeMap(eventsOf)), run.options.dryRun ? EMPTY : progress$(run, shared$, now)),
        ),
      ),
      defer(() => of(endEvent(run, space, now()))),
    ).pipe(
      catchError((error: unknown) =>
        concat(
          of(failedEvent(run, space, now(), error)),
          throwError(() => error),
        ),
      ),
    );
