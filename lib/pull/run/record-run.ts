import {
  type MonoTypeOperatorFunction,
  type Observable,
  type ObservableNotification,
  concat,
  concatMap,
  defer,
  dematerialize,
  EMPTY,
  finalize,
  from,
  materialize,
  of,
} from 'rxjs';
import { EXIT, isRxsyncError } from '../../errors/rxsync-error.js';
import type { EventBody } from '../../events/events.js';
import {
  gatherAnswer,
  gatherEvent,
  type RunEnd,
  startGathering,
  summaryOf,
} from '../../report/gather-run.js';
import type { PullDeps } from './pull-deps.js';
import { isEnd } from './is-end.js';
import type { StartedRun } from './start-run.js';

type Notified = ObservableNotification<EventBody>;

const unsaved = (error: unknown): Notified => ({
  kind: 'N',
  value: {
    type: 'warning',
    code: 'run-not-recorded',
    message: `The report will lack this run. ${isRxsyncError(error) ? error.message : 'Its summary cannot be kept.'}`,
  },
});

/**
 * Passes the events of a run on, and keeps a summary of it with the mirror before the last one. A run that fails to keep its
 * summary tells so; one that has failed itself, or did nothing but plan, does not.
 */
export const recordRun =
  (
    run: Pick<StartedRun, 'options' | 'samples$' | 'startedAt' | 'stats'>,
    { saveRun, now }: Pick<PullDeps, 'saveRun' | 'now'>,
    id: string,
  ): MonoTypeOperatorFunction<EventBody> =>
  (events$) => {
    const { dir, dryRun } = run.options;
    if (dryRun) return events$;
    return defer(() => {
      let gathered = startGathering(Date.parse(run.startedAt), run.stats().concurrency);
      const listening = run.samples$.subscribe((sample) => {
        gathered = gatherAnswer(gathered, sample);
      });
      const save = async (end: RunEnd): Promise<readonly Notified[]> => {
        try {
          await saveRun(dir, summaryOf(gathered, end, id));
          return [];
        } catch (error) {
          return end.type === 'run.failed' ? [] : [unsaved(error)];
        }
      };
      const saved$ = (end: RunEnd): Observable<Notified> =>
        // Whose lock is another's has nothing to write there.
        end.exitCode === EXIT.locked ? EMPTY : from(save(end)).pipe(concatMap((told) => told));
      return events$.pipe(
        // As notifications, so that an error waits for what is before it.
        materialize(),
        concatMap((notified) => {
          if (notified.kind !== 'N') return of(notified);
          gathered = gatherEvent(gathered, notified.value, now());
          return isEnd(notified.value) ? concat(saved$(notified.value), of(notified)) : of(notified);
        }),
        dematerialize(),
        finalize(() => listening.unsubscribe()),
      );
    });
  };
