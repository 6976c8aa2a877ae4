import {
  EMPTY,
  type Observable,
  concat,
  defer,
  finalize,
  from,
  ignoreElements,
  map,
  merge,
  switchMap,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import type { Space } from '../core/content.js';
import type { RxsyncEvent } from '../events/events.js';
import { stampEvents } from '../events/stamp-events.js';
import { checkpointOn } from '../operators/checkpoint-on.js';
import type { ReadState } from '../store/state-file.js';
import { checkAccount } from './run/check-account.js';
import { doPlan$ } from './plan/do-plan.js';
import { guardDeletions$ } from './plan/guard-deletions.js';
import { survey$ } from './inventory/survey.js';
import { liveDeps } from './run/live-deps.js';
import { type Planned, plan$ } from './plan/plan-survey.js';
import {
  checkScope,
  formerKeys,
  hasStaleCheckpoint,
  modeOf,
  priorOf,
  spaceToPull,
} from './run/mirror-scope.js';
import { mirrorState } from './run/mirror-state.js';
import { narrate } from './run/narrate.js';
import { announceAttachments, announcePlan } from './plan/announce-plan.js';
import { type Place, place$ } from './run/place.js';
import type { Prior } from './run/prior.js';
import type { PullDeps } from './run/pull-deps.js';
import { type PullOptions, type ResolvedOptions, resolveOptions } from './run/pull-options.js';
import { type StartedRun, startRun } from './run/start-run.js';
import { eventStep, type Step } from './run/step.js';
import { withMirror$ } from './run/with-mirror.js';

/** The first one comes at once: a run that is cut off early can be told and continued, too. */
const CHECKPOINT_EVERY_MS = 5_000;

/** A stop before the listing is complete leaves nothing to do: a part of it is never planned. */
const planned$ = (run: StartedRun, space: Space, prior: Prior): Observable<Planned> =>
  survey$(run, space, prior).pipe(
    switchMap((survey) => plan$(run, survey, prior)),
    takeUntil(run.stop$),
  );

const tellPlan$ = (run: StartedRun, deps: PullDeps, { space }: Place, read: ReadState): Observable<Step> =>
  from(deps.readMirror(run.options.dir)).pipe(
    switchMap(({ journal: { records }, sound, names }) => {
      run.remember(names);
      return planned$(run, space, priorOf(run.options, read, space, { records, sound }, deps.now())).pipe(
        switchMap(({ survey, plan }) =>
          concat(
            announcePlan(run, plan),
            announceAttachments(plan.attachments),
            guardDeletions$(run, survey, records),
          ),
        ),
      );
    }),
    tap(run.count),
  );

const mirror$ = (run: StartedRun, deps: PullDeps, place: Place, read: ReadState): Observable<Step> => {
  const { dir, force } = run.options;
  const { space } = place;
  const onKept = (path: string, keptAs: string): void =>
    run.notify({
      type: 'warning',
      code: 'kept-local',
      message: `${path} was changed here; your version is kept as ${keptAs}.`,
    });
  return withMirror$(
    () => deps.openMirror(dir, { force, onKept, now: deps.now }),
    ({ store, sound, names, saveNames }) => {
      run.remember(names);
      const prior = priorOf(run.options, read, space, { records: store.records, sound }, deps.now());
      const lastFullSync = read.kind === 'read' ? read.state.lastFullSync : null;
      let account = prior.account ?? place.account;
      const save = (isComplete: boolean) =>
        store.checkpoint(
          mirrorState(
            run,
            { space, store, lastFullSync, account, formerKeys: formerKeys(read, space) },
            isComplete,
          ),
        );
      return concat(
        planned$(run, space, prior).pipe(
          switchMap((planned) => {
            if (planned.survey.hidden === 0) account = place.account ?? prior.account;
            return concat(
              guardDeletions$(run, planned.survey, store.records),
              doPlan$(run, store, planned).pipe(
                tap(run.count),
                checkpointOn(timer(0, CHECKPOINT_EVERY_MS), { save: () => save(false) }),
              ),
            );
          }),
        ),
        defer(() => {
          const failure = run.failure();
          if (failure) throw failure;
          const isStopped = run.stopReason() !== undefined;
          // Stopped while it was listed for the first time, a mirror would not even know its space.
          if (isStopped) return read.kind === 'none' ? from(save(false)).pipe(ignoreElements()) : EMPTY;
          checkAccount(run.tally());
          return from(saveNames(run.people.names()).then(() => save(true))).pipe(ignoreElements());
        }),
      );
    },
  );
};

const tellNewKey = ({ notify }: StartedRun, read: ReadState, { key }: Space): void => {
  const before = read.kind === 'read' ? read.state.scope.space : key;
  if (before !== key)
    notify({
      type: 'warning',
      code: 'new-key',
      message: `The space ${before} has the key ${key} now; the mirror goes on with it, and answers to both.`,
    });
};

const pullSpace$ = (run: StartedRun, deps: PullDeps, read: ReadState, key: string): Observable<Step> => {
  const here$ = place$(run, read, key).pipe(takeUntil(run.stop$));
  return here$.pipe(
    tap(({ space }) => {
      checkScope(read, space, run.options);
      tellNewKey(run, read, space);
    }),
    switchMap((place) =>
      run.options.dryRun ? tellPlan$(run, deps, place, read) : mirror$(run, deps, place, read),
    ),
  );
};

/** The first event, which says how the run goes on from what is there. */
const started = (run: StartedRun, deps: PullDeps, read: ReadState, space: string): Step => {
  const mode = modeOf(run.options, read, space, deps.now());
  const checkpoint = read.kind === 'read' && mode === 'resume' ? read.state.checkpoint : null;
  const resumed = checkpoint && { processed: checkpoint.processedCount, total: checkpoint.totalCount };
  return eventStep({ type: 'run.started', space, mode, ...(resumed && { resumed }) });
};

const warning = (code: string, message: string): Step => eventStep({ type: 'warning', code, message });

/** What the user should know of the state that the run found. */
const remarks = (read: ReadState, nowMs: number): Step[] => {
  if (read.kind === 'damaged')
    return [
      warning(
        'damaged-state',
        `.rxsync/state.json cannot be read (${read.reason}); it is made anew from the mirror and the wiki.`,
      ),
    ];
  return hasStaleCheckpoint(read, nowMs)
    ? [
        warning(
          'stale-checkpoint',
          'The checkpoint of the interrupted run is older than 24 hours: starting afresh.',
        ),
      ]
    : [];
};

/**
 * Mirrors one space and returns an Observable of what happens: `run.started` first, then events as they come, last
 * exactly one of `run.finished`, `run.interrupted` and `run.failed`. Cold: each subscription is a run of its own.
 * Unsubscribing aborts it; `deps.stop$` stops it softly.
 *
 * Errors: after `run.failed`, the `RxsyncError` that ended the run. `OptionsError` comes before anything else.
 */
export const pull$ = (options: PullOptions, deps: Partial<PullDeps> = {}): Observable<RxsyncEvent> =>
  defer(() => {
    const edges: PullDeps = { ...liveDeps, ...deps };
    const resolved = resolveOptions(options);
    return from(edges.readState(resolved.dir)).pipe(switchMap((read) => runPull$(resolved, edges, read)));
  });

const runPull$ = (options: ResolvedOptions, deps: PullDeps, read: ReadState): Observable<RxsyncEvent> => {
  const key = spaceToPull(options, read);
  const run = startRun(options, deps);
  const work$ = pullSpace$(run, deps, read, key).pipe(finalize(run.endNotices));
  return concat(
    from([started(run, deps, read, key), ...remarks(read, deps.now())]),
    merge(run.notices$.pipe(map(eventStep)), work$),
  ).pipe(narrate(run, key, deps.now), stampEvents(deps.runId(), deps.now), finalize(run.dispose));
};
