import { type MonoTypeOperatorFunction, type SchedulerLike, retry, throwError, timer } from 'rxjs';
import { type BackoffOptions, fullJitterMs } from './backoff.js';

/** A retry that is about to happen. */
export interface RetryAttempt {
  /** 1 for the first retry. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly error: unknown;
}

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
