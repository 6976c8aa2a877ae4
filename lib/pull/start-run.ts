import { type Observable, Subject, endWith, ignoreElements, merge, shareReplay, take, takeUntil } from 'rxjs';
import type { Lane, ResponseSample, RetryNotice } from '../core/lane.js';
import type { EventBody } from '../events/events.js';
import { createDownloadLimit } from './download-limit.js';
import { Governor } from './governor.js';
import { createPeople } from './people.js';
import type { PullDeps } from './pull-deps.js';
import type { ResolvedOptions } from './pull-options.js';
import type { Listed, PullRun } from './pull-run.js';
import type { Step } from './step.js';
import { addStep, emptyTally, type Tally } from './tally.js';

/** A run with what only its composition needs to know. */
export interface StartedRun extends PullRun {
  readonly governor: Governor;
  /** What is told from beside the pipeline: retries, rate changes, warnings, the progress of the inventory. */
  readonly notices$: Observable<EventBody>;
  /** What became of everything so far. */
  readonly tally: () => Tally;
  readonly count: (step: Step) => void;
  readonly endNotices: () => void;
  readonly dispose: () => void;
}

export const startRun = (options: ResolvedOptions, deps: PullDeps): StartedRun => {
  const governor = new Governor({
    start: options.concurrency,
    max: options.maxConcurrency,
    maxWaitMs: options.maxWaitMs,
    quotaReserve: options.quotaReserve,
    now: deps.now,
    random: deps.random,
  });
  const downloads = createDownloadLimit(options.attachmentConcurrency);
  const gate = {
    admit: (lane: Lane, signal?: AbortSignal) => governor.admit(lane, signal),
    sample: (sample: ResponseSample) => (sample.lane === 'media' ? downloads : governor).sample(sample),
    retry: (notice: RetryNotice) => governor.retry(notice),
  };
  const wiki = deps.connect(options, gate, deps);
  const notices = new Subject<EventBody>();
  const listed = { pages: 0, folders: 0, attachments: 0, comments: 0 };
  let stopReason: string | undefined;
  let tally = emptyTally;
  const stop$ = deps.stop$.pipe(take(1), shareReplay({ bufferSize: 1, refCount: false }));
  const stopping = stop$.subscribe((reason) => (stopReason = reason));
  return {
    options,
    wiki,
    people: createPeople(wiki.users$),
    governor,
    limit$: governor.limit$,
    attachmentLimit$: downloads.limit$,
    stop$,
    stopReason: () => stopReason,
    tally: () => tally,
    count: (step) => {
      tally = addStep(tally, step);
    },
    startedAt: new Date(deps.now()).toISOString(),
    notify: (event) => notices.next(event),
    notices$: merge(governor.notices$, notices).pipe(
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
      governor.dispose(new DOMException('The run has ended.', 'AbortError'));
    },
  };
};
