import { AxiosError, AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { expect, test } from '@jest/globals';
import { HTML_ANSWER, NOT_JSON } from '../../lib/confluence/api-errors.js';
import { retryPolicy } from '../../lib/confluence/retry-policy.js';
import { RecordingGate } from '../support/wire.js';

const NOW = Date.parse('2026-02-03T04:05:06Z');

const policyOf = (random = 0, maxRetries = 4) => {
  const gate = new RecordingGate();
  const policy = retryPolicy({ maxRetries, gate, random: () => random, now: () => NOW });
  const mayRetry = (error: AxiosError): unknown => policy.retryCondition?.(error);
  const delayMs = (attempt: number, error: AxiosError): number => policy.retryDelay?.(attempt, error) ?? NaN;
  return { gate, mayRetry, delayMs, policy };
};

interface Failure {
  readonly status?: number;
  readonly code?: string;
  readonly headers?: Record<string, string>;
}

const failure = ({ status, code, headers = {} }: Failure): AxiosError => {
  const config: InternalAxiosRequestConfig = {
    headers: new AxiosHeaders(),
    lane: 'comments',
  };
  const response =
    status === undefined
      ? undefined
      : { status, statusText: '', data: '', headers: AxiosHeaders.from(headers), config };
  return new AxiosError('failed', code, config, undefined, response);
};

test.each<[string, Failure, number]>([
  ['502', { status: 502 }, 4],
  ['503', { status: 503 }, 4],
  ['504', { status: 504 }, 4],
  ['a reset connection', { code: 'ECONNRESET' }, 4],
  ['a time-out', { code: 'ECONNABORTED' }, 4],
  ['a name that does not resolve now', { code: 'EAI_AGAIN' }, 4],
  ['JSON that was cut off', { status: 200, code: NOT_JSON }, 4],
  ['500, which the content may cause', { status: 500 }, 1],
  ['an HTML page', { status: 200, code: HTML_ANSWER }, 1],
  ['429, which the gate has', { status: 429 }, 0],
  ['400', { status: 400 }, 0],
  ['401', { status: 401 }, 0],
  ['403', { status: 403 }, 0],
  ['404', { status: 404 }, 0],
  ['410', { status: 410 }, 0],
  ['a cancelled request', { code: 'ERR_CANCELED' }, 0],
])('%s: %j is tried again %s times', (_name, error, times) => {
  const { mayRetry } = policyOf();
  const failed = failure(error);
  const allowed = [0, 1, 2, 3].filter(() => mayRetry(failed) === true);
  expect(allowed).toHaveLength(times);
});

test('the one retry after a 500 does not count failures of another kind before it', () => {
  const { mayRetry } = policyOf();
  const failed = failure({ status: 503 });
  expect(mayRetry(failed)).toBe(true);
  const { config } = failed;
  const serverError = new AxiosError(
    'failed',
    undefined,
    config,
    undefined,
    failure({ status: 500 }).response,
  );
  expect([mayRetry(serverError), mayRetry(serverError)]).toEqual([true, false]);
});

test('a pause longer than an hour is not waited for', () => {
  const { mayRetry } = policyOf();
  const asked = (seconds: string) => mayRetry(failure({ status: 503, headers: { 'retry-after': seconds } }));
  expect(['3600', '3601', '99999999999'].map(asked)).toEqual([true, false, false]);
});

test('no more retries than asked for', () => {
  expect([0, 4].map((retries) => policyOf(0, retries).policy.retries)).toEqual([0, 4]);
});

test('the delay has full jitter: from 0 to a bound that doubles from 0.5 s and ends at 30 s', () => {
  const attempts = [1, 2, 3, 4, 10];
  const error = failure({ status: 503 });
  expect(attempts.map((attempt) => policyOf(0).delayMs(attempt, error))).toEqual([0, 0, 0, 0, 0]);
  expect(attempts.map((attempt) => policyOf(1).delayMs(attempt, error))).toEqual([
    500, 1000, 2000, 4000, 30_000,
  ]);
});

test.each([
  [{ 'Retry-After': '7' }, 7_000],
  [{ 'Retry-After': 'Tue, 03 Feb 2026 04:05:16 GMT' }, 10_000],
])('the jitter comes on top of %j, never below it', (headers, leastMs) => {
  const error = failure({ status: 503, headers });
  expect(policyOf(0).delayMs(1, error)).toBe(leastMs);
  expect(policyOf(1).delayMs(1, error)).toBe(leastMs + 500);
});

test('every retry is told to the gate with its lane, delay and cause', () => {
  const { gate, delayMs } = policyOf(1);
  delayMs(2, failure({ status: 503, headers: { 'Retry-After': '1' } }));
  delayMs(1, failure({ code: 'ECONNRESET' }));
  expect(gate.retries).toEqual([
    { lane: 'comments', attempt: 2, delayMs: 2_000, status: 503, code: undefined },
    { lane: 'comments', attempt: 1, delayMs: 500, status: undefined, code: 'ECONNRESET' },
  ]);
});
