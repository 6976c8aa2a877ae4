import { type MonoTypeOperatorFunction, type SchedulerLike, retry, throwError, timer } from 'rxjs';
import { type BackoffOptions, fullJitterMs } from './backoff.js';
export type { BackoffOptions } from './backoff.js';

/** A retry that is about to happen. */
export interface RetryAttempt {
  /** 1 for the first retry. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly error: unknown;
}

/** What `retryWithJitter` tries again, how often and after how long. */
export interface RetryWithJitterConfig extends BackoffOptions {
  /** Retries after the first try. */
  readonly retries: number;
  /** An error that is not retryable passes at once. */
  readonly isRetryable: (error: unknown) => boolean;
  /**
   * What the error itself asks to wait; the jitter comes on top of it.
   * @default 0
   */
  readonly minDelayMs?: (error: unknown) => number;
  /** @default asyncScheduler */
  readonly scheduler?: SchedulerLike;
  readonly onRetry?: (attempt: RetryAttempt) => void;
}

/**
 * Returns an Observable that mirrors the source and subscribes to it again after a retryable error, `retries` times at
 * most, each time after a delay with full jitter. The last error passes on unchanged.
 *
 * @example
 * import { defer } from 'rxjs';
 * import { retryWithJitter } from 'rxsync/operators';
 *
 * let tries = 0;
 * const flaky$ = defer(async () => {
 *   tries += 1;
 *   if (tries < 3) throw new Error('busy');
 *   return `done after ${tries} tries`;
 * });
 * flaky$
 *   .pipe(retryWithJitter({ retries: 4, baseMs: 1, capMs: 10, random: Math.random, isRetryable: () => true }))
 *   .subscribe(console.log);
 * // prints done after 3 tries
 */
export const retryWithJitter = <T>(config: RetryWithJitterConfig): MonoTypeOperatorFunction<T> => {
  const { retries, isRetryable, minDelayMs = () => 0, scheduler, onRetry } = config;
  return retry({
    count: retries,
    delay: (error: unknown, attempt) => {
      if (!isRetryable(error)) return throwError(() => error);
      const delayMs = minDelayMs(error) + fullJitterMs(attempt, config);
      onRetry?.({ attempt, delayMs, error });
      return timer(delayMs, scheduler);
    },
  });
};
