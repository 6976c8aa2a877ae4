/** Counts events per second over a sliding second, in constant space. */
export interface SuccessRate {
  /** Start of the second that `current` counts. */
  readonly sinceMs: number;
  readonly current: number;
  readonly previous: number;
}

const WINDOW_MS = 1000;

export const NO_SUCCESSES: SuccessRate = { sinceMs: Number.NEGATIVE_INFINITY, current: 0, previous: 0 };

const roll = (rate: SuccessRate, atMs: number): SuccessRate => {
  const elapsedMs = atMs - rate.sinceMs;
  if (elapsedMs < WINDOW_MS) return rate;
  if (elapsedMs >= 2 * WINDOW_MS) return { sinceMs: atMs, current: 0, previous: 0 };
  return { sinceMs: rate.sinceMs + WINDOW_MS, current: 0, previous: rate.current };
};

export const countSuccess = (rate: SuccessRate, atMs: number): SuccessRate => {
  const rolled = roll(rate, atMs);
  return { ...rolled, current: rolled.current + 1 };
};

/** Events in the second before `atMs`; the part of it that lies in the second before is estimated. */
export const perSecond = (rate: SuccessRate, atMs: number): number => {
  const { sinceMs, current, previous } = roll(rate, atMs);
  const share = Math.min(1, Math.max(0, (atMs - sinceMs) / WINDOW_MS));
  return current + previous * (1 - share);
};
