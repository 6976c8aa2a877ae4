import { AxiosError, AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import { expect, test } from '@jest/globals';
import {
  BROKEN_OFF,
  HTML_ANSWER,
  NOT_JSON,
  PROXY_REFUSED,
  TOO_LARGE,
  TOO_SLOW,
} from '../../lib/confluence/api-errors.js';
import { retryRequests } from '../../lib/confluence/retry.js';
import { RecordingGate } from '../support/wire.js';

const NOW = Date.parse('2026-02-03T04:05:06Z');

const policyOf = (random = 0, maxRetries = 4) => {
  const gate = new RecordingGate();
  const policy = retryRequests({ maxRetries, gate, random: () => random, now: () => NOW });
  const mayRetry = (error: AxiosError): unknown => policy.retryCondition?.(error);
  /** How long the request is to wait at the gate. */
  const delayMs = (attempt: number, error: AxiosError): number => {
    policy.retryDelay?.(attempt, error);
    return (error.config?.notBeforeMs ?? NaN) - NOW;
  };
  return { gate, mayRetry, delayMs, policy };
};

interface Failure {
  readonly status?: number;
  readonly code?: string;
  readonly hasBodies?: boolean;
}

const failure = ({ status, code, hasBodies = false }: Failure): AxiosError => {
  const config: InternalAxiosRequestConfig = { headers: new AxiosHeaders(), lane: 'comments', hasBodies };
  const response =
    status === undefined
      ? undefined
      : { status, statusText: '', data: '', headers: new AxiosHeaders(), config };
  return new AxiosError('failed', code, config, undefined, response);
};

test.each<[string, Failure, number]>([
  ['500', { status: 500 }, 4],
  ['500, which a body may cause', { status: 500, hasBodies: true }, 1],
  ['502', { status: 502 }, 4],
  ['502, whatever is asked for', { status: 502, hasBodies: true }, 4],
  ['503', { status: 503 }, 4],
  ['504', { status: 504 }, 4],
  ['408', { status: 408 }, 4],
  ['520', { status: 520 }, 4],
  ['524', { status: 524 }, 4],
  ['501', { status: 501 }, 0],
  ['505', { status: 505 }, 0],
  ['a reset connection', { code: 'ECONNRESET' }, 4],
  ['a time-out', { code: 'ECONNABORTED' }, 4],
  ['a name that does not resolve now', { code: 'EAI_AGAIN' }, 4],
  ['JSON that was cut off', { status: 200, code: NOT_JSON }, 4],
  ['an answer that broke off', { code: BROKEN_OFF }, 4],
  ['an answer that came too slowly', { code: TOO_SLOW }, 4],
  ['an answer that is too large', { code: TOO_LARGE }, 0],
  ['a proxy that refuses', { status: 407, code: PROXY_REFUSED }, 0],
  ['a certificate that nobody vouches for', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 0],
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
  const failed = failure({ status: 503, hasBodies: true });
  expect(mayRetry(failed)).toBe(true);
  const { config } = failed;
  const { response } = failure({ status: 500 });
  const serverError = new AxiosError('failed', undefined, config, undefined, response);
  expect([mayRetry(serverError), mayRetry(serverError)]).toEqual([true, false]);
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

test('all of it is waited for at the gate, where a stop ends it', () => {
  const { policy } = policyOf(1);
  expect(policy.retryDelay?.(4, failure({ status: 503 }))).toBe(0);
});

test('every retry is told to the gate with its lane, delay and cause', () => {
  const { gate, delayMs } = policyOf(1);
  delayMs(2, failure({ status: 503 }));
  delayMs(1, failure({ code: 'ECONNRESET' }));
  expect(gate.retries).toEqual([
    { lane: 'comments', attempt: 2, delayMs: 1_000, status: 503, code: undefined },
    { lane: 'comments', attempt: 1, delayMs: 500, status: undefined, code: 'ECONNRESET' },
  ]);
});
