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
import type { RxsyncEvent } from '../events/events.js';
import { stampEvents } from '../events/stamp-events.js';
import { checkpointOn } from '../operators/checkpoint-on.js';
import type { OpenMirror } from '../store/open-mirror.js';
import type { ReadState } from '../store/state-file.js';
import { type Survey, survey$ } from './inventory/survey.js';
import { announceAttachments, announcePlan } from './plan/announce-plan.js';
import { doPlan$ } from './plan/do-plan.js';
import { guardDeletions$ } from './plan/guard-deletions.js';
import { planSurvey } from './plan/plan-survey.js';
import { checkAccount } from './run/check-account.js';
import { liveDeps } from './run/live-deps.js';
import { checkScope, priorOf, spaceToPull } from './run/mirror-scope.js';
import { mirrorState } from './run/mirror-state.js';
import { narrate } from './run/narrate.js';
import { newKey, opening } from './run/opening.js';
import { type Place, place$ } from './run/place.js';
import type { Prior } from './run/prior.js';
import type { PullDeps } from './run/pull-deps.js';
import { type PullOptions, type ResolvedOptions, resolveOptions } from './run/pull-options.js';
import { type StartedRun, startRun } from './run/start-run.js';
import { eventStep, type Step } from './run/step.js';
import { withMirror$ } from './run/with-mirror.js';

/** The first one comes at once: a run that is cut off early can be told and continued, too. */
const CHECKPOINT_EVERY_MS = 5_000;

/** What a run works from. */
interface Ground {
  readonly deps: PullDeps;
  readonly read: ReadState;
  readonly place: Place;
}

/** A stop before the survey is complete leaves nothing to do: a part of it is never planned. */
const surveyUntilStop$ = (run: StartedRun, { place }: Ground, prior: Prior): Observable<Survey> =>
  survey$(run, place.space, prior).pipe(takeUntil(run.stop$));

const tellPlan$ = (run: StartedRun, ground: Ground): Observable<Step> => {
  const { deps, read, place } = ground;
  return from(deps.readMirror(run.options.dir)).pipe(
    switchMap(({ journal: { records }, sound, names }) => {
      run.remember(names);
      const prior = priorOf(run.options, read, place.space, { records, sound }, deps.now());
      return surveyUntilStop$(run, ground, prior).pipe(
        switchMap((survey) => {
          const { plan } = planSurvey(run, survey, prior);
          return concat(
            announcePlan(run, plan),
            announceAttachments(plan.attachments),
            guardDeletions$(run, survey, records),
          );
        }),
      );
    }),
    tap(run.count),
  );
};

/** The main line: survey, guard, plan, lanes with a checkpoint now and then, the last state. */
const writeMirror$ = (run: StartedRun, ground: Ground, mirror: OpenMirror): Observable<Step> => {
  const { deps, read, place } = ground;
  const { store, sound, names, saveNames } = mirror;
  run.remember(names);
  const prior = priorOf(run.options, read, place.space, { records: store.records, sound }, deps.now());
  const isQuick = prior.since !== undefined;
  let account = prior.account ?? place.account;
  const save = (isComplete: boolean): Promise<void> =>
    store.checkpoint(mirrorState(run, { space: place.space, read, store, account, isQuick }, isComplete));
  return concat(
    surveyUntilStop$(run, ground, prior).pipe(
      switchMap((survey) => {
        if (survey.hidden === 0) account = place.account ?? prior.account;
        return concat(
          guardDeletions$(run, survey, store.records),
          defer(() => {
            const { layout, plan } = planSurvey(run, survey, prior);
            return doPlan$({ ...run, store, layout }, plan);
          }).pipe(tap(run.count), checkpointOn(timer(0, CHECKPOINT_EVERY_MS), { save: () => save(false) })),
        );
      }),
    ),
    defer(() => {
      const failure = run.failure();
      if (failure) throw failure;
      const isStopped = run.stopReason() !== undefined;
      // Stopped while it was listed for the first time, a mirror would not even know its space.
      if (isStopped) return read.kind === 'none' ? save(false) : EMPTY;
      checkAccount(run.tally());
      return saveNames(run.people.names()).then(() => save(true));
    }).pipe(ignoreElements()),
  );
};

const mirror$ = (run: StartedRun, ground: Ground): Observable<Step> => {
  const { deps } = ground;
  const { dir, force } = run.options;
  const onKept = (path: string, keptAs: string): void =>
    run.notify({
      type: 'warning',
      code: 'kept-local',
      message: `${path} was changed here; your version is kept as ${keptAs}.`,
    });
  return withMirror$(
    () => deps.openMirror(dir, { force, onKept, now: deps.now }),
    (mirror) => writeMirror$(run, ground, mirror),
  );
};

const pullSpace$ = (run: StartedRun, deps: PullDeps, read: ReadState, key: string): Observable<Step> => {
  const here$ = place$(run, read, key).pipe(takeUntil(run.stop$));
  return here$.pipe(
    switchMap((place) => {
      checkScope(read, place.space, run.options);
      const renamed = newKey(read, place.space);
      if (renamed) run.notify(renamed);
      const ground = { deps, read, place };
      return run.options.dryRun ? tellPlan$(run, ground) : mirror$(run, ground);
    }),
  );
};

const runPull$ = (options: ResolvedOptions, deps: PullDeps, read: ReadState): Observable<RxsyncEvent> => {
  const key = spaceToPull(options, read);
  const run = startRun(options, deps);
  const work$ = pullSpace$(run, deps, read, key).pipe(finalize(run.endNotices));
  return concat(
    from(opening(options, read, key, deps.now())).pipe(map(eventStep)),
    merge(run.notices$.pipe(map(eventStep)), work$),
  ).pipe(narrate(run, key, deps.now), stampEvents(deps.runId(), deps.now), finalize(run.dispose));
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
