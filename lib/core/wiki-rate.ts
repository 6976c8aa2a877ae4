import { type BurstReading, parseRateHeaders, type QuotaReading } from './rate-limit.js';
import { addReading, type RateMeter, ratePerSecond } from './rate-meter.js';
import type { ResponseSample } from './request-lane.js';

/** How fast the API of a wiki is asked, and what it says of its limits. Files come from another host and do not count. */
export interface WikiRate {
  /** Answered requests a second, over about the last ten seconds. */
  readonly perSecond: number;
  /** Requests that were answered or have failed, retries too. */
  readonly requests: number;
  /** Those that were refused for a rate limit (429). */
  readonly rateLimited: number;
  /** The limit of a second, as the latest answer with one tells; undefined before. */
  readonly burst: BurstReading | undefined;
  /** The quota of an hour, likewise. */
  readonly quota: QuotaReading | undefined;
}

/** The rate with what it was made of. */
export interface ObservedRate {
  readonly rate: WikiRate;
  readonly meter: RateMeter;
}

export const NO_RATE: ObservedRate = {
  rate: { perSecond: 0, requests: 0, rateLimited: 0, burst: undefined, quota: undefined },
  meter: [],
};

/** The rate after one more answer. */
export const observeRate = (
  { rate, meter: before }: ObservedRate,
  { status, headers, atMs }: ResponseSample,
): ObservedRate => {
  const { burst = rate.burst, quota = rate.quota } = parseRateHeaders(headers, atMs);
  const requests = rate.requests + 1;
  const meter = addReading(before, { atMs, count: requests });
  const rateLimited = rate.rateLimited + (status === 429 ? 1 : 0);
  return { rate: { perSecond: ratePerSecond(meter), requests, rateLimited, burst, quota }, meter };
};
