import type { ResponseSample } from '../core/request-lane.js';
import type { LaneLatency } from '../events/run-summary.js';

/** Each bucket of a histogram is a tenth wider than the one before, so that its middle is within 5 % of all in it. */
const GROWTH = 1.1;
const BUCKETS = 160;

/** How long answers took, counted by buckets: small, however many there are. */
export interface Histogram {
  readonly counts: readonly number[];
  readonly maxMs: number;
  readonly failures: number;
}

export const EMPTY_HISTOGRAM: Histogram = {
  counts: Array.from({ length: BUCKETS }, () => 0),
  maxMs: 0,
  failures: 0,
};

const bucketOf = (ms: number): number =>
  Math.min(BUCKETS - 1, Math.floor(Math.log(Math.max(1, ms)) / Math.log(GROWTH)));

/** Counts an answer. Errors and refusals come at once or too late: they tell nothing of how fast the wiki works. */
export const addAnswer = (histogram: Histogram, { status, startedAtMs, atMs }: ResponseSample): Histogram => {
  if (status === undefined || status >= 400) return { ...histogram, failures: histogram.failures + 1 };
  const { counts, maxMs } = histogram;
  const ms = Math.max(0, atMs - startedAtMs);
  const bucket = bucketOf(ms);
  return {
    ...histogram,
    counts: counts.with(bucket, (counts[bucket] ?? 0) + 1),
    maxMs: Math.max(maxMs, ms),
  };
};

/** The time within which that share of the answers came. */
const percentile = ({ counts, maxMs }: Histogram, answers: number, share: number): number => {
  let left = Math.ceil(answers * share);
  const bucket = counts.findIndex((count) => (left -= count) <= 0);
  return Math.min(maxMs, Math.round(GROWTH ** (bucket + 0.5)));
};

export const latencyOf = (lane: string, histogram: Histogram): LaneLatency => {
  const answers = histogram.counts.reduce((sum, count) => sum + count, 0);
  return {
    lane,
    answers,
    failures: histogram.failures,
    p50Ms: percentile(histogram, answers, 0.5),
    p95Ms: percentile(histogram, answers, 0.95),
    maxMs: histogram.maxMs,
  };
};
