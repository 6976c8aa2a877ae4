import type { AxiosError, InternalAxiosRequestConfig } from 'axios';
import type { IAxiosRetryConfig } from 'axios-retry';
import { type MonoTypeOperatorFunction, catchError, of, retry, throwError } from 'rxjs';
import { consequenceOf } from '../errors/consequence.js';
import { isHttpError } from '../errors/http-error.js';
import { MediaError } from '../errors/media-error.js';
import { CursorLoopError } from '../errors/cursor-loop-error.js';
import { CursorRejectedError } from '../errors/cursor-rejected-error.js';
import { isRxsyncError } from '../errors/rxsync-error.js';
import { fullJitterMs } from '../operators/backoff.js';
import { retryWithJitter } from '../operators/retry-with-jitter.js';
import { blamesRequest, fromAxiosError } from './api-errors.js';
import type { Gate } from './gate.js';

/*
 * The story of retry. What is tried again: `consequenceOf(error).again`. How often: `maxRetries` times, or once. After how
 * long: full jitter from half a second, at most half a minute. By whom: API requests by axios-retry, file transfers by
 * `retryWithJitter`, both set up here; a listing that lost its place by the walk. Requests wait at the gate, which also has
 * 429 and `Retry-After`: they concern every request of a lane.
 */

const BACKOFF = { baseMs: 500, capMs: 30_000 } as const;

export interface RetryOptions {
  readonly maxRetries: number;
  readonly gate: Gate;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly now: () => number;
}

/** A fault of the server that one of the bodies asked for may have caused gets one retry: parts are asked for next. */
const again = (error: AxiosError): 'never' | 'once' | 'often' | 'held' => {
  const known = fromAxiosError(error, '', '');
  const isAboutContent = isHttpError(known) && known.status === 500 && error.config?.hasBodies === true;
  return isAboutContent ? 'once' : consequenceOf(known).again;
};

/** Takes the one retry of a request; false when it was taken before. */
const takeOnce = (config: InternalAxiosRequestConfig | undefined): boolean => {
  if (config === undefined || config.wasRetriedOnce === true) return false;
  config.wasRetriedOnce = true;
  return true;
};

/** The options of axios-retry. All requests of this client only read. */
export const retryRequests = ({ maxRetries, gate, random, now }: RetryOptions): IAxiosRetryConfig => ({
  retries: maxRetries,
  shouldResetTimeout: true,
  retryCondition: (error) => {
    if (error.code === 'ERR_CANCELED') return false;
    if (error.config && blamesRequest(fromAxiosError(error, '', ''))) error.config.blamed = error;
    const often = again(error);
    return often === 'often' || (often === 'once' && takeOnce(error.config));
  },
  retryDelay: (attempt, { config, response, code }) => {
    const delayMs = fullJitterMs(attempt, { ...BACKOFF, random });
    if (config) config.notBeforeMs = now() + delayMs;
    gate.retry({ lane: config?.lane ?? 'listing', attempt, delayMs, status: response?.status, code });
    // Waited for at the gate, where a stop ends it.
    return 0;
  },
});

/** Starts a failed file transfer again, from the beginning. */
export const retryTransfers = <T>({
  maxRetries,
  gate,
  random,
}: Omit<RetryOptions, 'now'>): MonoTypeOperatorFunction<T> => {
  return (transfer$) => {
    let retries = 0;
    return transfer$.pipe(
      retryWithJitter({
        ...BACKOFF,
        random,
        retries: maxRetries,
        // Of the transfer only: the request for the address has had its retries.
        isRetryable: (error) => error instanceof MediaError && consequenceOf(error).again === 'often',
        onRetry: ({ attempt, delayMs, error }) => {
          retries = attempt;
          const { status, code } =
            error instanceof MediaError ? error : { status: undefined, code: undefined };
          gate.retry({ lane: 'media', attempt, delayMs, status, code });
        },
      }),
      catchError((error: unknown) => {
        if (isRxsyncError(error)) error.attempts += retries;
        throw error;
      }),
    );
  };
};

/** Begins a listing anew, once, when its cursor was refused or came a second time: its items may then come again. */
export const restartListing = <T>(): MonoTypeOperatorFunction<T> =>
  retry({
    count: 1,
    delay: (error: unknown) =>
      error instanceof CursorLoopError || error instanceof CursorRejectedError
        ? of(true)
        : throwError(() => error),
  });
