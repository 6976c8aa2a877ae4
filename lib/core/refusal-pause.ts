import { fullJitterMs } from '../operators/backoff.js';
import type { RateReading } from './rate-limit.js';

const BURST_BASE_MS = 1_000;
const BURST_CAP_MS = 30_000;
/** A quota that does not say when it is full again is asked again after this long. */
const QUOTA_PAUSE_MS = 60_000;
/** Timers reach no further; after it the wiki is asked again. */
const MAX_PAUSE_MS = 2 ** 31 - 1;

/**
 * How long to hold requests after a 429: what the wiki tells; after one that tells nothing, or a moment that has passed,
 * longer with each of the `refusals` in a row.
 */
export const refusalPauseMs = (reading: RateReading, refusals: number, random: () => number): number =>
  Math.min(MAX_PAUSE_MS, reading.reason === 'quota' ? quotaMs(reading) : burstMs(reading, refusals, random));

/** A quota stays spent until its reset, however early the wiki invites to try again. */
const quotaMs = ({ retryAfterMs = 0, burst, quota }: RateReading): number =>
  Math.max(retryAfterMs, burst?.resetMs ?? 0, quota?.resetMs ?? 0) || QUOTA_PAUSE_MS;

const burstMs = (
  { retryAfterMs = 0, burst }: RateReading,
  refusals: number,
  random: () => number,
): number => {
  const toldMs = retryAfterMs > 0 ? retryAfterMs : (burst?.resetMs ?? 0);
  if (toldMs > 0) return toldMs;
  const jitter = { baseMs: BURST_BASE_MS, capMs: BURST_CAP_MS, random };
  return BURST_BASE_MS / 2 + fullJitterMs(refusals, jitter);
};
