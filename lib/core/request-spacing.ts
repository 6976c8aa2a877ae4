import { countSuccess, NO_SUCCESSES, perSecond, type SuccessRate } from './success-rate.js';

/** A learned rate of request starts: additive-like creep upwards, multiplicative cut on a refusal. */
export interface RequestSpacing {
  /** Undefined: not limited. */
  readonly perSecond: number | undefined;
  readonly cutAtMs: number;
  readonly successes: SuccessRate;
}

/** The part of a response that the spacing learns from. */
export interface SpacingSample {
  readonly atMs: number;
  readonly burst?:
    { readonly limit?: number | undefined; readonly remaining?: number | undefined } | undefined;
}

const CUT = 0.85;
const SLOWEST = 0.5;
/** A refusal after fewer answers in a second says little of the rate, unless it is soon followed by another. */
const EVIDENT_ANSWERS = 5;
const REPEATED_WITHIN_MS = 10_000;
/** A rate above this needs no spacing. */
const FASTEST = 1000;
/** Growth a second, soon after a refusal and once it is long ago. */
const CREEP = 0.02;
const PROBE = 0.1;
const PROBE_AFTER_MS = 20_000;
/** With less than this share of the second's requests left, the limit itself is taken as the spacing. */
const LOW_SHARE = 0.1;

export const UNSPACED: RequestSpacing = {
  perSecond: undefined,
  cutAtMs: Number.NEGATIVE_INFINITY,
  successes: NO_SUCCESSES,
};

/** Least time between two request starts; 0 when not limited. */
export const minIntervalMs = ({ perSecond: rate }: RequestSpacing): number =>
  rate === undefined ? 0 : 1000 / rate;

/**
 * The rate after a refusal: the limit that the server told, or else a little below what it let through; none yet when
 * too little went through to tell. A spaced client is cut by half at most, because a pause also lowers what went through.
 */
export const slowDown = (spacing: RequestSpacing, { atMs, burst }: SpacingSample): RequestSpacing => {
  const through = perSecond(spacing.successes, atMs);
  const told = toldLimit(burst);
  const isEvident = through >= EVIDENT_ANSWERS || atMs - spacing.cutAtMs <= REPEATED_WITHIN_MS;
  if (spacing.perSecond === undefined && told === undefined && !isEvident)
    return { ...spacing, cutAtMs: atMs };
  const target =
    spacing.perSecond === undefined
      ? (told ?? CUT * Math.max(1, through))
      : CUT * Math.min(spacing.perSecond, Math.max(spacing.perSecond / 2, through));
  return { ...spacing, perSecond: Math.max(SLOWEST, target), cutAtMs: atMs };
};

/** The rate after a success: creeps upwards, up to a limit that the server told. */
export const speedUp = (spacing: RequestSpacing, sample: SpacingSample): RequestSpacing => {
  const successes = countSuccess(spacing.successes, sample.atMs);
  const told = toldLimit(sample.burst);
  if (spacing.perSecond === undefined) {
    return { ...spacing, successes, perSecond: isNearlyUsed(sample.burst) ? told : undefined };
  }
  const growth = sample.atMs - spacing.cutAtMs > PROBE_AFTER_MS ? PROBE : CREEP;
  // Each success adds its part: at the full rate this makes `growth` a second.
  const next = Math.min(spacing.perSecond + growth, told ?? Number.POSITIVE_INFINITY);
  const rate = Math.max(SLOWEST, next);
  return { ...spacing, successes, perSecond: rate >= FASTEST ? undefined : rate };
};

const toldLimit = (burst: SpacingSample['burst']): number | undefined =>
  burst?.limit !== undefined && burst.limit > 0 ? burst.limit : undefined;

const isNearlyUsed = (burst: SpacingSample['burst']): boolean =>
  burst?.remaining !== undefined && burst.remaining < LOW_SHARE * (toldLimit(burst) ?? 0);
