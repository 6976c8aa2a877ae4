import { acceptLatency, type LatencyBaselines, learnLatency, usualLatencyMs } from './latency-baseline.js';
import {
  minIntervalMs,
  type RequestSpacing,
  type SpacingSample,
  slowDown,
  speedUp,
  UNSPACED,
} from './request-spacing.js';

export interface ConcurrencyOptions {
  /** Requests in flight to begin with. */
  readonly start: number;
  readonly max: number;
  /** @default 1 */
  readonly min?: number;
}

/** Why the cap changed last: room to grow, a refusal, little quota left, or answers that grow slow with the cap. */
export type ConcurrencyCause = 'clean' | 'rate-limited' | 'near-limit' | 'latency';

/** One answered (or failed) request. */
export interface ConcurrencySample extends SpacingSample {
  readonly lane: string;
  readonly startedAtMs: number;
  readonly latencyMs: number;
  /** How long of the latency this process was busy itself. @default 0 */
  readonly busyMs?: number;
  /** Undefined when no response came: says nothing about congestion. */
  readonly status: number | undefined;
  readonly nearLimit?: boolean;
  /** @default status is 429 */
  readonly rateLimited?: boolean;
}

/** What a window of successful answers added up to. */
interface Window {
  readonly answers: number;
  readonly latencyMs: number;
  readonly usualMs: number;
}

export interface ConcurrencyState {
  readonly min: number;
  readonly max: number;
  /** Requests that may be in flight: a whole number within `min` and `max`. */
  readonly limit: number;
  /** Least time between two request starts; 0 when a cap alone is enough. */
  readonly minIntervalMs: number;
  readonly cause: ConcurrencyCause;
  /** The cap at which congestion showed last; undefined until it does. */
  readonly ceiling: number | undefined;
  /** Requests started before this cannot have felt the last cut. */
  readonly cutAtMs: number;
  /** Windows to wait before growing again. */
  readonly hold: number;
  /** How many times the usual latency the answers took when latency last lowered the cap. */
  readonly slowness: number;
  readonly window: Window;
  readonly spacing: RequestSpacing;
  readonly baselines: LatencyBaselines;
}

const EMPTY_WINDOW: Window = { answers: 0, latencyMs: 0, usualMs: 0 };
/** Windows without growth once the cap is at the level where congestion showed. */
const CEILING_HOLD = 3;
const LATENCY_HOLD = 8;
/** Slow answers alone do not lower the cap below this: two in flight hide the round trip. */
const LATENCY_FLOOR = 2;
/** With a larger share of it spent busy, a latency tells more of this process than of the wiki. */
const BUSY_SHARE = 0.25;
/** A slowness that a lower cap changes by less than this share has another cause than the cap. */
const UNMOVED = 0.1;

/** The state before the first answer; options outside their bounds are brought within. */
export const createConcurrency = ({ start, max, min = 1 }: ConcurrencyOptions): ConcurrencyState => {
  const least = Math.max(1, Math.floor(min));
  const most = Math.max(least, Math.floor(max));
  return {
    min: least,
    max: most,
    limit: clamp(start, least, most),
    minIntervalMs: 0,
    cause: 'clean',
    ceiling: undefined,
    cutAtMs: Number.NEGATIVE_INFINITY,
    hold: 0,
    slowness: 0,
    window: EMPTY_WINDOW,
    spacing: UNSPACED,
    baselines: {},
  };
};

/**
 * The state after one more answer. The cap doubles with each clean window (as many successes as the cap) until
 * congestion first shows, then grows by one a window and more slowly at the level where it showed. A refusal or a
 * nearly used quota halves it, once for all requests that were in flight; a latency that grew with the cap takes a
 * quarter. Refusals also space the requests out, since a cap alone cannot go below one request a round trip.
 */
export const nextConcurrency = (state: ConcurrencyState, sample: ConcurrencySample): ConcurrencyState => {
  if (sample.rateLimited ?? sample.status === 429) return afterRefusal(state, sample);
  if (sample.status === undefined || sample.status >= 500) return state;
  const spaced = withSpacing(state, speedUp(state.spacing, sample));
  if (sample.nearLimit === true) return nearLimit(spaced, sample);
  return count(spaced, sample);
};

const clamp = (value: number, min: number, max: number): number =>
  Math.min(max, Math.max(min, Math.floor(value)));

const withSpacing = (state: ConcurrencyState, spacing: RequestSpacing): ConcurrencyState => ({
  ...state,
  spacing,
  minIntervalMs: minIntervalMs(spacing),
});

const cut = (
  state: ConcurrencyState,
  limit: number,
  changes: Pick<ConcurrencyState, 'cause' | 'cutAtMs' | 'hold'>,
): ConcurrencyState => ({
  ...state,
  ...changes,
  limit: clamp(limit, state.min, state.max),
  ceiling: state.limit,
  window: EMPTY_WINDOW,
});

const afterRefusal = (state: ConcurrencyState, sample: ConcurrencySample): ConcurrencyState => {
  if (sample.startedAtMs < state.cutAtMs) return state;
  const slower = withSpacing(state, slowDown(state.spacing, sample));
  return cut(slower, state.limit / 2, { cause: 'rate-limited', cutAtMs: sample.atMs, hold: 0 });
};

const nearLimit = (state: ConcurrencyState, { startedAtMs, atMs }: ConcurrencySample): ConcurrencyState =>
  startedAtMs < state.cutAtMs
    ? state
    : cut(state, state.limit / 2, { cause: 'near-limit', cutAtMs: atMs, hold: 0 });

const count = (state: ConcurrencyState, sample: ConcurrencySample): ConcurrencyState => {
  if (sample.startedAtMs < state.cutAtMs) return state;
  const counted = countLatency(state, sample);
  const window = { ...counted.window, answers: state.window.answers + 1 };
  return window.answers < state.limit
    ? { ...counted, window }
    : closeWindow({ ...counted, window }, sample.atMs);
};

const countLatency = (state: ConcurrencyState, sample: ConcurrencySample): ConcurrencyState => {
  const { lane, latencyMs, busyMs = 0 } = sample;
  if (busyMs > BUSY_SHARE * latencyMs) return state;
  const baselines = learnLatency(state.baselines, lane, latencyMs);
  const window = {
    ...state.window,
    latencyMs: state.window.latencyMs + latencyMs,
    usualMs: state.window.usualMs + usualLatencyMs(baselines, lane),
  };
  return { ...state, baselines, window };
};

const closeWindow = (state: ConcurrencyState, atMs: number): ConcurrencyState => {
  const { latencyMs, usualMs } = state.window;
  const slowness = usualMs === 0 ? 0 : latencyMs / usualMs;
  const closed = { ...state, window: EMPTY_WINDOW };
  const mayBeTheCap = state.cause === 'clean' || state.cause === 'latency';
  if (slowness <= 1 || !mayBeTheCap) return grow(closed);
  const isUnmoved = Math.abs(slowness / state.slowness - 1) <= UNMOVED;
  if (state.cause === 'latency' && isUnmoved)
    return { ...closed, hold: 0, baselines: acceptLatency(state.baselines, slowness) };
  if (state.limit <= LATENCY_FLOOR) return grow(closed);
  const limit = Math.max(LATENCY_FLOOR, state.limit * 0.75);
  return { ...cut(state, limit, { cause: 'latency', cutAtMs: atMs, hold: LATENCY_HOLD }), slowness };
};

const grow = (state: ConcurrencyState): ConcurrencyState => {
  if (state.hold > 0) return { ...state, hold: state.hold - 1 };
  if (state.limit >= state.max) return state;
  const { limit, ceiling } = state;
  if (ceiling === undefined) return grown(state, limit * 2, 0);
  return grown(state, limit + 1, limit + 2 >= ceiling ? CEILING_HOLD : 0);
};

const grown = (state: ConcurrencyState, limit: number, hold: number): ConcurrencyState => ({
  ...state,
  limit: clamp(limit, state.min, state.max),
  cause: 'clean',
  hold,
});
