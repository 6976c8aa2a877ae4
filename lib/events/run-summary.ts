import { z } from 'zod';
import { KINDS } from '../core/kinds.js';
import { FailedItem } from './failed-item.js';
import { IncompleteListing } from './incomplete-listing.js';

/** What became of a file. */
export const CHANGES = ['new', 'edited', 'relinked', 'moved', 'deleted'] as const;
export type ChangeKind = (typeof CHANGES)[number];

const KindTotals = z.object({
  listed: z.number(),
  written: z.number(),
  unchanged: z.number(),
  moved: z.number(),
  failed: z.number(),
  notVisible: z.number(),
  deleted: z.number(),
});

/** One file that a run has changed; a blog post is a page here. */
export const ChangedFile = z.object({
  kind: z.enum(KINDS),
  /** Of comments, the page's. */
  id: z.string(),
  change: z.enum(CHANGES),
  /** Where it is, or was. */
  path: z.string(),
  /** Where a moved one was. */
  from: z.string().exactOptional(),
});
export type ChangedFile = Readonly<z.infer<typeof ChangedFile>>;

/** How far a run is at a moment: counts since its start. */
const RunSample = z.object({
  /** Since the start. */
  atMs: z.number(),
  /** Pages and blog posts written. */
  pages: z.number(),
  /** Attachments written. */
  attachments: z.number(),
  requests: z.number(),
  retries: z.number(),
  /** How many API requests may be in flight. */
  cap: z.number(),
});
export type RunSample = Readonly<z.infer<typeof RunSample>>;

/** A time in which requests (of one lane, or all) were held. */
const Hold = z.object({
  /** Since the start of the run, as is `untilMs`. */
  atMs: z.number(),
  untilMs: z.number(),
  reason: z.string(),
  lane: z.string().exactOptional(),
});
export type Hold = Readonly<z.infer<typeof Hold>>;

const RetryCount = z.object({
  lane: z.string(),
  /** The HTTP status, or the code of the connection's error. */
  cause: z.string(),
  count: z.number(),
});
export type RetryCount = Readonly<z.infer<typeof RetryCount>>;

/** How long the answers to one lane's requests took. */
const LaneLatency = z.object({
  lane: z.string(),
  /** Answers below 400, which the times are of. */
  answers: z.number(),
  /** Refusals, errors, and requests without an answer. */
  failures: z.number(),
  /** Within 5 %. */
  p50Ms: z.number(),
  p95Ms: z.number(),
  maxMs: z.number(),
});
export type LaneLatency = Readonly<z.infer<typeof LaneLatency>>;

/** What a mirror keeps of a run: small, whatever the run was. */
export const RunSummary = z.object({
  schemaVersion: z.literal(1),
  run: z.string(),
  space: z.string(),
  mode: z.enum(['full', 'delta', 'resume']),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  endedAt: z.string(),
  ending: z.enum(['finished', 'interrupted', 'failed']),
  exitCode: z.number(),
  /** Why it was interrupted. */
  reason: z.string().exactOptional(),
  /** Why it failed. */
  error: z
    .object({ code: z.string(), message: z.string(), hint: z.string().exactOptional() })
    .exactOptional(),
  totals: z.record(z.enum(KINDS), KindTotals),
  requests: z.number(),
  retries: z.number(),
  rateLimited: z.number(),
  /** Bytes of all files written. */
  bytes: z.number(),
  incomplete: z.array(IncompleteListing),
  /** The first of those that failed. */
  failedItems: z.array(FailedItem),
  failedCount: z.number(),
  /** Some of what has changed, of each way of change. */
  changes: z.array(ChangedFile),
  /** All of what has changed, counted. */
  changeCounts: z.array(z.object({ kind: z.enum(KINDS), change: z.enum(CHANGES), count: z.number() })),
  samples: z.array(RunSample),
  /** The first of them. */
  holds: z.array(Hold),
  holdCount: z.number(),
  retryCounts: z.array(RetryCount),
  latencies: z.array(LaneLatency),
});
/** What is kept of a run in `.rxsync/runs`. */
export type RunSummary = Readonly<z.infer<typeof RunSummary>>;
