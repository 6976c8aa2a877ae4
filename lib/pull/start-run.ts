import { type Observable, Subject, endWith, ignoreElements, merge, shareReplay, take, takeUntil } from 'rxjs';
import type { RxsyncError } from '../errors/rxsync-error.js';
import type { EventBody } from '../events/events.js';
import type { GovernorStats } from './governor.js';
import { createGovernors } from './governors.js';
import { createPeople } from './people.js';
import type { PullDeps } from './pull-deps.js';
import type { ResolvedOptions } from './pull-options.js';
import type { Listed, PullRun } from './pull-run.js';
import type { Step } from './step.js';
import { addStep, emptyTally, type Tally } from './tally.js';

/** A run with what only its composition needs to know. */
export interface StartedRun extends PullRun {
  readonly stats: () => GovernorStats;
  /** What is told from beside the pipeline: retries, rate changes, warnings, the progress of the inventory. */
  readonly notices$: Observable<EventBody>;
  /** The error for which the run was stopped. */
  readonly failure: () => RxsyncError | undefined;
  /** What became of everything so far. */
  readonly tally: () => Tally;
  readonly count: (step: Step) => void;
  readonly endNotices: () => void;
  readonly dispose: () => void;
}

export const startRun = (options: ResolvedOptions, deps: PullDeps): StartedRun => {
  const governors = createGovernors(options, deps);
  const wiki = deps.connect(options, governors.gate, deps);
  const notices = new Subject<EventBody>();
  const listed = { pages: 0, folders: 0, attachments: 0, comments: 0 };
  let stopReason: string | undefined;
  let failure: RxsyncError | undefined;
  let tally = emptyTally;
  const halted = new Subject<string>();
  const stop$ = merge(deps.stop$, halted).pipe(take(1), shareReplay({ bufferSize: 1, refCount: false }));
  const stopping = stop$.subscribe((reason) => {
    stopReason = reason;
    governors.stopHolding();
  });
  return {
    options,
    wiki,
    people: createPeople(wiki.users$),
    stats: governors.stats,
    limit$: governors.api.limit$,
    attachmentLimit$: governors.media.limit$,
    stop$,
    stopReason: () => stopReason,
    halt: (error) => {
      if (stopReason !== undefined) return;
      failure = error;
      halted.next(error.code);
    },
    failure: () => failure,
    tally: () => tally,
    count: (step) => {
      tally = addStep(tally, step);
    },
    startedAt: new Date(deps.now()).toISOString(),
    notify: (event) => notices.next(event),
    notices$: merge(governors.notices$, notices).pipe(
      takeUntil(notices.pipe(ignoreElements(), endWith(true))),
    ),
    countListed: (what: Listed, count) => {
      listed[what] += count;
      const { pages, folders, attachments } = listed;
      notices.next({ type: 'inventory.progress', pages, folders, attachments });
    },
    endNotices: () => notices.complete(),
    dispose: () => {
      stopping.unsubscribe();
      governors.dispose();
    },
  };
};
