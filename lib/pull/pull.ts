import {
  EMPTY,
  type Observable,
  catchError,
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
import type { ItemRecord } from '../core/records.js';
import { newestTime } from '../core/versions.js';
import type { RxsyncEvent } from '../events/events.js';
import { stampEvents } from '../events/stamp-events.js';
import { checkpointOn } from '../operators/checkpoint-on.js';
import type { OpenMirror, StoredMirror } from '../store/stored-mirror.js';
import { absoluteOf } from '../store/folder-paths.js';
import { ended, noteEnding } from '../store/endings.js';
import { noMirrorYet } from '../store/read-mirror.js';
import type { ReadState } from '../store/state-file.js';
import { storeFailure } from '../store/store-failure.js';
import { type Survey, survey$ } from './inventory/survey.js';
import { withFirstPages$ } from './lanes/first-pages.js';
import { sweptEvent } from './lanes/swept-event.js';
import { announceAttachments, announceItems, announcePlan, announceUnchanged } from './plan/announce-plan.js';
import { doPlan$ } from './plan/do-plan.js';
import { guardDeletions$ } from './plan/guard-deletions.js';
import { foreseeReferenced } from './plan/referenced-attachments.js';
import { planSurvey } from './plan/plan-survey.js';
import { withRenderPool$ } from './render/with-render-pool.js';
import { asCalled } from './run/as-called.js';
import { checkAccount } from './run/check-account.js';
import { checkNames } from './run/check-options.js';
import { liveDeps } from './run/live-deps.js';
import {
  checkAncestors,
  checkScope,
  isRemembered,
  isWhole,
  priorOf,
  rememberedIn,
  spaceToPull,
} from './run/mirror-scope.js';
import { mirrorState, type Moment } from './run/mirror-state.js';
import { narrate } from './run/narrate.js';
import { newKey, opening } from './run/opening.js';
import { type Place, place$ } from './run/place.js';
import { damageWarning } from './run/damage-warning.js';
import { createGatherer, type Gatherer, type Prior } from './run/prior.js';
import type { PullDeps } from './run/pull-deps.js';
import {
  type FromWiki,
  type MirrorOptions,
  type ResolvedOptions,
  resolveOptions,
} from './run/pull-options.js';
import { recordRun } from './run/record-run.js';
import { recallSettings } from './run/recall-settings.js';
import { type StartedRun, startRun } from './run/start-run.js';
import { eventStep, type Step } from './run/step.js';
import { withWarnings } from './run/with-warnings.js';
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

/** The names and the records that the last pull has left, as the run goes on from them. */
const priorIn = (
  run: StartedRun,
  { deps, read, place }: Ground,
  mirror: StoredMirror,
  gatherer: Gatherer,
): Prior => {
  run.remember(mirror.names);
  recallSettings(run, read, { sizes: mirror.records.sizes, formats: gatherer.formats });
  if (mirror.damage !== undefined) run.notify(damageWarning(mirror.damage));
  const prior = priorOf(run.options, read, place.space, { ...mirror, ...gatherer }, deps.now());
  // What is damaged does not tell what has not changed.
  return mirror.damage === undefined ? prior : { ...prior, since: undefined };
};

const tellPlan$ = (run: StartedRun, ground: Ground): Observable<Step> => {
  const gathered = createGatherer();
  return withMirror$(
    async () => (await ground.deps.readMirror(run.options.dir, gathered)) ?? noMirrorYet(),
    (mirror) => {
      const prior = priorIn(run, ground, mirror, gathered);
      return surveyUntilStop$(run, ground, prior).pipe(
        switchMap((survey) => {
          if (survey.inventory.isUnchanged === true) return announceUnchanged(run, prior.records);
          const planned = planSurvey(run, survey, prior);
          const plan =
            run.options.attachments === 'referenced'
              ? foreseeReferenced(planned.plan, planned.layout, prior.records)
              : planned.plan;
          return concat(
            announcePlan(run, plan, planned.layout.paths),
            announceAttachments(plan.attachments),
            announceItems(run, plan, survey.leaving, prior),
            guardDeletions$(run, survey, prior.records),
          );
        }),
      );
    },
  ).pipe(tap(run.count));
};

/** The main line: survey, guard, plan, lanes with a checkpoint now and then, the last state. */
const writeMirror$ = (
  run: StartedRun,
  ground: Ground,
  { mirror, prior }: { readonly mirror: OpenMirror; readonly prior: Prior },
): Observable<Step> => {
  const { read, place } = ground;
  const { store, saveNames } = mirror;
  const isQuick = prior.since !== undefined;
  let account = prior.account ?? place.account;
  let digest: (() => string) | undefined;
  let newest: string | undefined;
  const save = async (moment: Moment): Promise<void> => {
    const state = mirrorState(run, { space: place.space, read, account, isQuick, newest }, moment);
    if (digest && state.checkpoint === null && isWhole(state)) store.noteLayout(digest());
    await store.checkpoint(state);
    if (state.checkpoint === null) return;
    const { processedCount: done } = state.checkpoint;
    run.notify({ type: 'checkpoint.written', done, failed: state.failedCount });
  };
  return concat(
    withFirstPages$(run, { store, space: place.space }, surveyUntilStop$(run, ground, prior), (survey) => {
      newest = newestTime(survey.inventory.pages);
      if (survey.hidden === 0) account = place.account ?? prior.account;
      return concat(
        guardDeletions$(run, survey, store.records),
        // What has begun is remembered, however it ends.
        defer(() => (isRemembered(run.options, read, place.space) ? EMPTY : save('working'))).pipe(
          ignoreElements(),
        ),
        defer(() => {
          if (survey.inventory.isUnchanged === true) return announceUnchanged(run, store.records);
          const { layout, plan, ...planned } = planSurvey(run, survey, prior);
          digest = planned.digest;
          if (digest() !== prior.layoutDigest) store.noteLayout(undefined);
          return withRenderPool$({ ...run, store }, ground.deps, plan, (renderPool) =>
            doPlan$({ ...run, store, layout, renderPool }, plan),
          );
        }).pipe(
          tap(run.count),
          checkpointOn(timer(0, CHECKPOINT_EVERY_MS), {
            save: (isLast) => save(isLast ? 'stopped' : 'working'),
          }),
        ),
      );
    }),
    defer(() => {
      const failure = run.failure();
      if (failure) throw failure;
      const isStopped = run.endWork() !== undefined;
      // Stopped while it was listed for the first time, a mirror would not even know its space.
      if (isStopped) return read.kind === 'none' ? save('stopped') : EMPTY;
      checkAccount(run.tally());
      // Where the wiki has told of no change nobody was asked for names.
      return (digest ? saveNames(run.people.names()) : Promise.resolve()).then(() => save('complete'));
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
      message: `${path} held something that rxsync has not written; it is kept as ${keptAs}.`,
    });
  const onWithin = (outer: string): void =>
    run.notify({
      type: 'warning',
      code: 'nested-mirror',
      message: `"${dir}" lies within the mirror "${outer}": each of them keeps to its own files, and this one stays behind when folders of the other move.`,
    });
  const onSwept = (path: string, item: ItemRecord): void => run.notify(sweptEvent(path, item));
  const gathered = createGatherer();
  return withMirror$(
    () =>
      deps.openMirror(dir, {
        force,
        onKept,
        onSwept,
        onWithin,
        now: deps.now,
        onOutline: gathered.onOutline,
      }),
    (mirror) => writeMirror$(run, ground, { mirror, prior: priorIn(run, ground, mirror, gathered) }),
    (closing) => noteEnding(dir, closing),
  ).pipe(
    catchError((error: unknown) => {
      throw storeFailure(`The mirror in "${dir}" cannot be written`, error);
    }),
  );
};

const pullSpace$ = (run: StartedRun, deps: PullDeps, read: ReadState, key: string): Observable<Step> => {
  const here$ = place$(run, read, key, run.options.space).pipe(takeUntil(run.stop$));
  return here$.pipe(
    switchMap((place) => {
      checkScope(read, place.space, run.options);
      checkAncestors(run.options, read, place.space);
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
  const id = deps.runId();
  const work$ = pullSpace$(run, deps, read, key).pipe(finalize(run.endNotices));
  return concat(
    from(opening(options, read, key, deps.now())).pipe(map(eventStep)),
    merge(run.notices$.pipe(map(eventStep)), work$),
  ).pipe(
    narrate(run, key, deps.now),
    recordRun(run, deps, id),
    withWarnings,
    stampEvents(id, deps.now),
    finalize(run.dispose),
  );
};

/**
 * Mirrors one space and returns an Observable of what happens: `run.started` first, then events as they come, last
 * exactly one of `run.finished`, `run.interrupted` and `run.failed`. Cold: each subscription is a run of its own.
 * The options count as they are at this call. Unsubscribing aborts it, and a pull of the same folder that this process begins then waits until it has left that;
 * `deps.stop$` stops it softly.
 *
 * A mirror remembers what it is (`SettingOptions`): what is not given is as in the last pull, whether by a program or by the
 * command, so that neither undoes what the other has asked for. Changes are told (`setting.changed`) before anything is written.
 *
 * `{ wiki }` in place of `{ url, credentials, … }` takes part in a wiki of `createWiki`, and in its governor: several pulls
 * together keep within its limits. `deps.connect` then counts for nothing.
 *
 * Errors: after `run.failed`, the `RxsyncError` that ended the run. `OptionsError` comes before anything is done.
 *
 * @example
 * import { filter } from 'rxjs';
 * import { pull$ } from 'rxsync';
 *
 * const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken, MIRROR: dir = 'wiki' } = process.env;
 * pull$({ url, credentials: { email, apiToken }, space: 'LARGE', dir })
 *   .pipe(filter((event) => event.type === 'run.finished'))
 *   .subscribe(({ totals }) => console.log(`${totals.page.written} pages`));
 * // prints 12 pages
 */
export const pull$ = (
  options: MirrorOptions & FromWiki,
  deps: Partial<PullDeps> = {},
): Observable<RxsyncEvent> => {
  const asked = asCalled(options);
  return defer(() => {
    checkNames(deps, Object.keys(liveDeps));
    const edges: PullDeps = { ...liveDeps, ...deps };
    const dir = absoluteOf(resolveOptions(asked).dir);
    return from(ended(dir).then(() => edges.readState(dir))).pipe(
      switchMap((read) => runPull$(resolveOptions({ ...asked, dir }, rememberedIn(read)), edges, read)),
    );
  });
};
