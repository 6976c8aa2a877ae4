/** The pause before another try: it doubles from try to try, and is spread at random. */
export interface BackoffOptions {
  /** Upper bound of the delay before the first retry; doubles with each further one. */
  readonly baseMs: number;
  /** No delay is longer than this. */
  readonly capMs: number;
  /** A number in [0, 1), as `Math.random` gives. */
  readonly random: () => number;
}

/**
 * The delay in ms before retry number `attempt` (the first is 1), with full jitter: anywhere between 0 and
 * `baseMs * 2 ** (attempt - 1)`, at most `capMs`. Clients that failed together do not come back together.
 */
export const fullJitterMs = (attempt: number, { baseMs, capMs, random }: BackoffOptions): number =>
  Math.round(random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)));
