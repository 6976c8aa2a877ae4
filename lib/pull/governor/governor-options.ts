export interface GovernorOptions {
  /** Requests in flight to start with. */
  readonly start: number;
  readonly max: number;
  /** Longest wait on rate limits without any answer in between. */
  readonly maxWaitMs: number;
  /** Percent of an hourly points quota that is left to others. */
  readonly quotaReserve: number;
  /** Named in what it tells, where it governs something else than the API. */
  readonly host?: 'media';
  readonly now: () => number;
  readonly random: () => number;
}

/** What one of those who share a governor has sent, and the cap of them all. */
export interface GovernorStats {
  readonly requests: number;
  readonly retries: number;
  readonly rateLimited: number;
  readonly concurrency: number;
}
