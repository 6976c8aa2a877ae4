/** The burst limit: `rps` requests at once, and `rps` more each second. */
export interface TokenBucket {
  /** Takes one request; false when none is left. */
  take(): boolean;
  /** Whole requests left now. */
  remaining(): number;
}

/** @param timer milliseconds, from anywhere */
export const createTokenBucket = (rps: number, timer: () => number): TokenBucket => {
  let tokens = rps;
  let filledAt = timer();
  const refill = (): void => {
    const now = timer();
    tokens = Math.min(rps, tokens + ((now - filledAt) * rps) / 1000);
    filledAt = now;
  };
  return {
    take: () => {
      refill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    remaining: () => {
      refill();
      return Math.floor(tokens);
    },
  };
};
