import { type Observable, asyncScheduler, filter, map, scan } from 'rxjs';
import { addReading, type RateMeter, ratePerSecond } from '../../core/rate-meter.js';
import type { Progress } from '../../events/events.js';
import { sampleProgress } from '../../operators/sample-progress.js';
import type { StartedRun } from './start-run.js';
import type { Step } from './step.js';
import { progressOf } from './tally.js';

/** At most four a second. */
const EVERY_MS = 250;

interface Meters {
  readonly pages: RateMeter;
  readonly attachments: RateMeter;
  readonly all: RateMeter;
}

const lanesOf = (run: StartedRun) => {
  const tally = run.tally();
  return {
    pages: progressOf(tally, ['page', 'blogpost']),
    attachments: progressOf(tally, ['attachment']),
    comments: progressOf(tally, ['comments']),
  };
};

const readMeters = (meters: Meters, run: StartedRun, atMs: number): Meters => {
  const { pages, attachments, comments } = lanesOf(run);
  const add = (meter: RateMeter, ...lanes: (typeof pages)[]): RateMeter =>
    addReading(meter, { atMs, count: lanes.reduce((sum, { done, failed }) => sum + done + failed, 0) });
  return {
    pages: add(meters.pages, pages),
    attachments: add(meters.attachments, attachments),
    all: add(meters.all, pages, attachments, comments),
  };
};

const progressEvent = (run: StartedRun, meters: Meters): Progress => {
  const lanes = lanesOf(run);
  const { requests, concurrency } = run.stats();
  const left = Object.values(lanes).reduce((sum, { done, failed, total }) => sum + total - done - failed, 0);
  const isPages = lanes.pages.done + lanes.pages.failed < lanes.pages.total;
  const rate = ratePerSecond(meters.all);
  return {
    type: 'progress',
    ...lanes,
    perSecond: Math.round(ratePerSecond(isPages ? meters.pages : meters.attachments) * 10) / 10,
    ...(rate > 0 && { etaMs: Math.round((left / rate) * 1000) }),
    concurrency,
    requests,
    bytes: run.tally().attachmentBytes,
  };
};

/** Returns an Observable of the progress that the steps make, sampled. */
export const progress$ = (
  run: StartedRun,
  steps$: Observable<Step>,
  now: () => number,
): Observable<Progress> =>
  steps$.pipe(
    sampleProgress((count: number) => count + 1, 0, { everyMs: EVERY_MS, scheduler: asyncScheduler }),
    scan((meters: Meters) => readMeters(meters, run, now()), { pages: [], attachments: [], all: [] }),
    map((meters) => progressEvent(run, meters)),
    filter(({ pages, attachments, comments }) => pages.total + attachments.total + comments.total > 0),
  );
