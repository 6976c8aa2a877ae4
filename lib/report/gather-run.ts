import type { RequestLane, ResponseSample } from '../core/request-lane.js';
import type {
  EventBody,
  Mode,
  RatePaused,
  RetryScheduled,
  RunFailed,
  RunFinished,
  RunInterrupted,
} from '../events/events.js';
import type { FailedItem } from '../events/failed-item.js';
import type { IncompleteListing } from '../events/incomplete-listing.js';
import type { Hold, RetryCount, RunSummary } from '../events/run-summary.js';
import { changedFile } from './changed-file.js';
import { cutText } from './cut-text.js';
import { keepChange, NO_CHANGES, type KeptChanges } from './keep-changes.js';
import { addAnswer, EMPTY_HISTOGRAM, type Histogram, latencyOf } from './latency.js';
import { addSample, NO_SAMPLES, type Sampling } from './sampling.js';

const MOST_HOLDS = 100;
const MOST_RETRY_CAUSES = 50;
const MOST_FAILED = 100;
const TITLE_LENGTH = 200;
const TEXT_LENGTH = 500;

/** The last event of a run. */
export type RunEnd = RunFinished | RunInterrupted | RunFailed;

/** What is gathered of a run while it works; bounded, whatever the run is. */
export interface GatheredRun {
  readonly startedAtMs: number;
  readonly mode: Mode;
  /** How many API requests may be in flight. */
  readonly cap: number;
  readonly pages: number;
  readonly attachments: number;
  readonly requests: number;
  readonly retries: number;
  readonly sampling: Sampling;
  readonly changes: KeptChanges;
  readonly changeCounts: RunSummary['changeCounts'];
  readonly holds: readonly Hold[];
  readonly holdCount: number;
  readonly retryCounts: readonly RetryCount[];
  readonly latencies: Readonly<Partial<Record<RequestLane, Histogram>>>;
}

/** `cap`: how many API requests may be in flight to start with. */
export const startGathering = (startedAtMs: number, cap: number): GatheredRun => ({
  startedAtMs,
  mode: 'full',
  cap,
  pages: 0,
  attachments: 0,
  requests: 0,
  retries: 0,
  sampling: addSample(NO_SAMPLES, { atMs: 0, pages: 0, attachments: 0, requests: 0, retries: 0, cap }),
  changes: NO_CHANGES,
  changeCounts: [],
  holds: [],
  holdCount: 0,
  retryCounts: [],
  latencies: {},
});

/** Adds what an answer tells. */
export const gatherAnswer = (run: GatheredRun, sample: ResponseSample): GatheredRun => {
  const { lane } = sample;
  const latencies = { ...run.latencies, [lane]: addAnswer(run.latencies[lane] ?? EMPTY_HISTOGRAM, sample) };
  return { ...run, requests: run.requests + 1, latencies };
};

/** Adds this moment. */
const addMoment = (run: GatheredRun, nowMs: number, cap: number): GatheredRun => {
  const { pages, attachments, requests, retries, startedAtMs } = run;
  const atMs = Math.max(0, nowMs - startedAtMs);
  return {
    ...run,
    cap,
    sampling: addSample(run.sampling, { atMs, pages, attachments, requests, retries, cap }),
  };
};

const isSameHold = (a: Hold | undefined, b: Hold): a is Hold =>
  a?.reason === b.reason && a.lane === b.lane && b.atMs <= a.untilMs;

/** A hold that goes on is one with what was before. */
const addHold = (run: GatheredRun, { untilTs, reason, lane }: RatePaused, nowMs: number): GatheredRun => {
  const since = run.startedAtMs;
  const hold: Hold = {
    atMs: nowMs - since,
    untilMs: Date.parse(untilTs) - since,
    reason,
    ...(lane !== undefined && { lane }),
  };
  const at = run.holds.findLastIndex((each) => isSameHold(each, hold));
  const same = run.holds[at];
  if (same) {
    const untilMs = Math.max(same.untilMs, hold.untilMs);
    return { ...run, holds: run.holds.with(at, { ...same, untilMs }) };
  }
  const holds = run.holds.length < MOST_HOLDS ? [...run.holds, hold] : run.holds;
  return { ...run, holds, holdCount: run.holdCount + 1 };
};

const addRetry = (run: GatheredRun, { lane, status, code }: RetryScheduled): GatheredRun => {
  const cause = String(status ?? code ?? 'unknown');
  const { retryCounts } = run;
  const at = retryCounts.findIndex((each) => each.lane === lane && each.cause === cause);
  const before = retryCounts[at];
  const retries = run.retries + 1;
  if (before)
    return { ...run, retries, retryCounts: retryCounts.with(at, { ...before, count: before.count + 1 }) };
  if (retryCounts.length >= MOST_RETRY_CAUSES) return { ...run, retries };
  return { ...run, retries, retryCounts: [...retryCounts, { lane, cause, count: 1 }] };
};

const addChange = (run: GatheredRun, event: EventBody): GatheredRun => {
  const file = changedFile(event);
  if (file === undefined) return run;
  const { kind, change } = file;
  const { changeCounts } = run;
  const at = changeCounts.findIndex((each) => each.kind === kind && each.change === change);
  const before = changeCounts[at];
  return {
    ...run,
    pages: run.pages + (event.type === 'page.written' ? 1 : 0),
    attachments: run.attachments + (event.type === 'attachment.written' ? 1 : 0),
    changes: keepChange(run.changes, file),
    changeCounts: before
      ? changeCounts.with(at, { ...before, count: before.count + 1 })
      : [...changeCounts, { kind, change, count: 1 }],
  };
};

/** Adds what an event tells. */
export const gatherEvent = (run: GatheredRun, event: EventBody, nowMs: number): GatheredRun => {
  switch (event.type) {
    case 'run.started':
      return { ...run, mode: event.mode };
    case 'inventory.progress':
      return addMoment(run, nowMs, run.cap);
    case 'progress':
      return addMoment(run, nowMs, event.concurrency);
    case 'rate.changed':
      return event.lane === undefined ? addMoment(run, nowMs, event.limit) : run;
    case 'rate.paused':
      return addHold(run, event, nowMs);
    case 'retry.scheduled':
      return addRetry(run, event);
    default:
      return addChange(run, event);
  }
};

const cutFailed = (item: FailedItem): FailedItem => ({
  ...item,
  title: cutText(item.title, TITLE_LENGTH),
  message: cutText(item.message, TEXT_LENGTH),
});

const cutListing = (listing: IncompleteListing): IncompleteListing => ({
  ...listing,
  message: cutText(listing.message, TEXT_LENGTH),
});

const endingOf = (end: RunEnd): Pick<RunSummary, 'ending' | 'reason' | 'error'> => {
  if (end.type === 'run.finished') return { ending: 'finished' };
  if (end.type === 'run.interrupted') return { ending: 'interrupted', reason: end.reason };
  const { code, message, hint } = end;
  const error = { code, message: cutText(message, TEXT_LENGTH), ...(hint !== undefined && { hint }) };
  return { ending: 'failed', error };
};

/** What is kept of the run, now that it has ended. */
export const summaryOf = (run: GatheredRun, end: RunEnd, id: string): RunSummary => {
  const { startedAtMs, cap, holdCount, latencies } = run;
  const endedAtMs = startedAtMs + end.durationMs;
  const { sampling } = addMoment(run, endedAtMs, cap);
  const { space, exitCode, totals, requests, retries, rateLimited, bytes, failedItems, incomplete } = end;
  return {
    schemaVersion: 1,
    run: id,
    space,
    mode: run.mode,
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: new Date(endedAtMs).toISOString(),
    ...endingOf(end),
    exitCode,
    totals,
    requests,
    retries,
    rateLimited,
    bytes,
    incomplete: incomplete.map(cutListing),
    failedItems: failedItems.slice(0, MOST_FAILED).map(cutFailed),
    failedCount: failedItems.length,
    changes: [...run.changes.files],
    changeCounts: run.changeCounts,
    samples: [...sampling.samples],
    holds: [...run.holds],
    holdCount,
    retryCounts: [...run.retryCounts],
    latencies: Object.entries(latencies).map(([lane, histogram]) => latencyOf(lane, histogram)),
  };
};
