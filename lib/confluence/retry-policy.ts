import type { AxiosError } from 'axios';
import type { IAxiosRetryConfig } from 'axios-retry';
import { fullJitterMs } from '../core/backoff.js';
import type { Lane } from '../core/lane.js';
import { parseRateHeaders } from '../core/rate-limit.js';
import { BROKEN_OFF, HTML_ANSWER, NOT_JSON } from './api-errors.js';
import type { Gate } from './gate.js';
import { plainHeaders } from './plain-headers.js';

/** Full jitter from half a second, capped at half a minute. */
export const BACKOFF = { baseMs: 500, capMs: 30_000 } as const;
/** A server that asks for a longer pause is not waited for: the request fails. */
export const LONGEST_RETRY_AFTER_MS = 3_600_000;

const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_NETWORK',
  BROKEN_OFF,
]);
const TRANSIENT_STATUS: ReadonlySet<number> = new Set([502, 503, 504]);

const isTransient = ({ code = '', response }: AxiosError): boolean =>
  code === NOT_JSON ||
  (response === undefined ? CONNECTION_CODES.has(code) : TRANSIENT_STATUS.has(response.status));

/** What the content or a login page may cause gets a single second chance. */
const isDubious = ({ code, response }: AxiosError): boolean =>
  code === HTML_ANSWER || response?.status === 500;

/** Takes the second chance of a request; false when it was taken before. */
const takeSecondChance = ({ config }: AxiosError): boolean => {
  if (config === undefined || config.hadSecondChance === true) return false;
  config.hadSecondChance = true;
  return true;
};

export interface RetryPolicyOptions {
  readonly maxRetries: number;
  readonly gate: Gate;
  readonly random: () => number;
  readonly now: () => number;
}

/**
 * The options of axios-retry: connection errors, time-outs, cut-off JSON, 502, 503 and 504 up to `maxRetries` times,
 * 500 once; full jitter from 0.5 s, capped at 30 s, never below `Retry-After`. 429 is not here: it concerns every
 * request of its lane, so the governor has it. All requests of this client only read.
 */
export const retryPolicy = ({ maxRetries, gate, random, now }: RetryPolicyOptions): IAxiosRetryConfig => {
  const retryAfter = ({ response }: AxiosError): number =>
    parseRateHeaders(plainHeaders(response?.headers), now()).retryAfterMs ?? 0;
  return {
    retries: maxRetries,
    shouldResetTimeout: true,
    retryCondition: (error) =>
      retryAfter(error) <= LONGEST_RETRY_AFTER_MS &&
      (isDubious(error) ? takeSecondChance(error) : isTransient(error)),
    retryDelay: (attempt, error) => {
      const delay = retryAfter(error) + fullJitterMs(attempt, { ...BACKOFF, random });
      const lane: Lane = error.config?.lane ?? 'listing';
      gate.retry({ lane, attempt, delayMs: delay, status: error.response?.status, code: error.code });
      return delay;
    },
  };
};
