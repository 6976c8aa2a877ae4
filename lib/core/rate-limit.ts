import { parseHttpDate, parseInstant, parseNonNegative, parseRetryAfterMs } from './header-values.js';

/** Response headers by lower-case name. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** The per-second limit of one endpoint. */
export interface BurstReading {
  /** Requests allowed in a second. */
  readonly limit: number | undefined;
  /** Requests left in the current second. */
  readonly remaining: number | undefined;
  /** Until the window begins anew; 0 when that has passed. */
  readonly resetMs: number | undefined;
}

/** The hourly points quota, of the policy with the fewest points left. */
export interface QuotaReading {
  readonly policy: string;
  /** Sent only once most of the quota is used: undefined means plenty. */
  readonly remainingPoints: number | undefined;
  readonly quotaPoints: number | undefined;
  readonly windowMs: number | undefined;
  /** Until the quota is full again. */
  readonly resetMs: number | undefined;
}

export interface RateLimits {
  readonly retryAfterMs?: number;
  readonly burst?: BurstReading;
  readonly quota?: QuotaReading;
  /** Whether little is left of the quota. */
  readonly nearLimit?: boolean;
  /** Which limiter refused; given with a reason header or `Retry-After` only. */
  readonly reason?: 'quota' | 'burst';
}

export interface RateReading extends RateLimits {
  /** What a limit that is not enforced yet would have said: for information, never a reason to wait. */
  readonly beta?: RateLimits;
}

/** A refusal for a reason unknown to us that lasts this long is taken for the quota. */
const LONG_RETRY_MS = 60_000;

/**
 * Reads the rate-limit headers of a response. What is absent or malformed is absent from the reading; never throws.
 * Points of time are the wiki's: they are compared with its own `Date`, whatever the clock here says (`nowMs` without it).
 */
export const parseRateHeaders = (headers: Headers, nowMs: number): RateReading => {
  const atMs = parseHttpDate(headers.date) ?? nowMs;
  const beta = readLimits(betaHeaders(headers), atMs);
  return { ...readLimits(headers, atMs), ...(Object.keys(beta).length > 0 && { beta }) };
};

const readLimits = (headers: Headers, atMs: number): RateLimits => {
  const retryAfterMs = parseRetryAfterMs(headers['retry-after'], atMs);
  const burst = readBurst(headers, atMs);
  const quota = readQuota(headers);
  const nearLimit = readFlag(headers['x-ratelimit-nearlimit']);
  const reason = readReason(headers['ratelimit-reason'], retryAfterMs);
  return {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(burst && { burst }),
    ...(quota && { quota }),
    ...(nearLimit !== undefined && { nearLimit }),
    ...(reason && { reason }),
  };
};

const readBurst = (headers: Headers, atMs: number): BurstReading | undefined => {
  const limit = parseNonNegative(headers['x-ratelimit-limit']);
  const remaining = parseNonNegative(headers['x-ratelimit-remaining']);
  const resetAtMs = parseInstant(headers['x-ratelimit-reset']);
  const resetMs = resetAtMs === undefined ? undefined : Math.max(0, resetAtMs - atMs);
  const given = [limit, remaining, resetMs].some((value) => value !== undefined);
  return given ? { limit, remaining, resetMs } : undefined;
};

const readQuota = (headers: Headers): QuotaReading | undefined => {
  const policies = readEntries(headers['ratelimit-policy']);
  const current = readEntries(headers.ratelimit);
  const [tightest] = [...new Set([...current.keys(), ...policies.keys()])]
    .map((policy) => toQuota(policy, policies.get(policy), current.get(policy)))
    .sort((a, b) => pointsLeft(a) - pointsLeft(b));
  return tightest;
};

type Parameters = ReadonlyMap<string, number>;

const toQuota = (
  policy: string,
  rule: Parameters | undefined,
  now: Parameters | undefined,
): QuotaReading => ({
  policy,
  remainingPoints: now?.get('r'),
  quotaPoints: rule?.get('q'),
  windowMs: toMs(rule?.get('w')),
  resetMs: toMs(now?.get('t')),
});

const toMs = (seconds: number | undefined): number | undefined => seconds && seconds * 1000;

const pointsLeft = ({ remainingPoints }: QuotaReading): number => remainingPoints ?? Number.MAX_VALUE;

/** Parses `"name";k=1;l=2, "other";k=3`: as many entries as there are, in whatever order. */
const readEntries = (header = ''): ReadonlyMap<string, Parameters> => {
  const entries = new Map<string, Parameters>();
  for (const entry of header.split(',')) {
    const [name = '', ...parameters] = entry.split(';').map((part) => part.trim());
    const bare = name.replaceAll('"', '');
    if (bare !== '') entries.set(bare, new Map(parameters.flatMap(readParameter)));
  }
  return entries;
};

const readParameter = (parameter: string): readonly (readonly [string, number])[] => {
  const [key = '', text] = parameter.split('=').map((part) => part.trim());
  const value = parseNonNegative(text);
  return value === undefined ? [] : [[key, value]];
};

const readFlag = (text: string | undefined): boolean | undefined => {
  const flag = text?.trim().toLowerCase();
  return flag === 'true' ? true : flag === 'false' ? false : undefined;
};

const readReason = (text = '', retryAfterMs: number | undefined): RateLimits['reason'] => {
  if (text.includes('quota')) return 'quota';
  if (text.includes('burst')) return 'burst';
  if (retryAfterMs !== undefined && retryAfterMs >= LONG_RETRY_MS) return 'quota';
  return text === '' && retryAfterMs === undefined ? undefined : 'burst';
};

/** The beta headers under the names of the enforced ones. */
const betaHeaders = (headers: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const enforced = /^(?:beta-|(x-)beta-)(.+)$/.exec(name);
      if (!enforced) return [];
      const [, prefix = '', rest = ''] = enforced;
      return [[rest === 'ratelimit-reason' ? rest : prefix + rest, value]];
    }),
  );
