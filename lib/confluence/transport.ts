import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { AxiosError, type AxiosAdapter, type AxiosInstance, type AxiosResponse } from 'axios';
import axiosRetry from 'axios-retry';
import type { Lane, ResponseSample } from '../core/lane.js';
import { BROKEN_OFF, HTML_ANSWER, NOT_JSON, TOO_LARGE } from './api-errors.js';
import { plainHeaders } from './plain-headers.js';
import { retryPolicy, type RetryPolicyOptions } from './retry-policy.js';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** What the request is for; the gate admits by it. */
    lane?: Lane;
    /** Whether an answer that gets only one retry has had it. */
    hadSecondChance?: boolean;
  }
}

/** Far above what batches aim at; a batch that is larger nevertheless is asked for in parts. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export interface TransportOptions extends RetryPolicyOptions {
  readonly apiBase: string;
  readonly authorization: string;
  /** A wiki on this machine is spoken to directly: a proxy would be shown the credentials. */
  readonly isLoopback: boolean;
  readonly userAgent: string;
  /** Longest silence of a connection. */
  readonly timeoutMs: number;
  /** How long this process has been busy since its start, in ms. */
  readonly busyMs: () => number;
}

const contentType = (response: AxiosResponse): string => String(response.headers['content-type'] ?? '');

/** Turns the text of an answer into JSON, or throws what the retry policy can tell apart. */
const decodeJson = (response: AxiosResponse): void => {
  const text: unknown = response.data;
  if (typeof text !== 'string' || text === '') return;
  const fail = (code: string): AxiosError => new AxiosError(code, code, response.config, undefined, response);
  if (contentType(response).startsWith('text/html')) throw fail(HTML_ANSWER);
  try {
    const json: unknown = JSON.parse(text);
    response.data = json;
  } catch {
    throw fail(NOT_JSON);
  }
};

/** Gives codes of their own to a body that breaks off and to one that is too large: axios has none. */
const classified = (error: AxiosError): AxiosError => {
  const { code, config, response } = error;
  if (response?.status === 200 && code !== NOT_JSON && code !== HTML_ANSWER)
    return new AxiosError(BROKEN_OFF, BROKEN_OFF, config);
  return response === undefined && code === AxiosError.ERR_BAD_RESPONSE
    ? new AxiosError(TOO_LARGE, TOO_LARGE, config)
    : error;
};

type Timing = Pick<ResponseSample, 'atMs' | 'busyMs'>;

/** Objects that an answer carries, by which the wiki counts its points; a redirect to a file stands for one. */
const objectsIn = ({ status, data }: AxiosResponse<unknown>): number => {
  if (status === 302) return 1;
  if (status !== 200 || typeof data !== 'object' || data === null) return 0;
  return 'results' in data && Array.isArray(data.results) ? data.results.length : 1;
};

/** Every attempt, retries too, passes the gate and is sampled: this wraps the innermost step of axios. */
const gatedAdapter = ({ gate, now, busyMs }: TransportOptions): AxiosAdapter => {
  const send = axios.getAdapter('http');
  return async (config) => {
    const lane = config.lane ?? 'listing';
    const signal = config.signal instanceof AbortSignal ? config.signal : undefined;
    const release = await gate.admit(lane, signal);
    const startedAtMs = now();
    const busyBeforeMs = busyMs();
    const sample = (response: AxiosResponse | undefined, timing: Timing): void =>
      gate.sample({
        lane,
        startedAtMs,
        ...timing,
        status: response?.status,
        headers: plainHeaders(response?.headers),
        objects: response ? objectsIn(response) : 0,
      });
    const time = (): Timing => ({ atMs: now(), busyMs: busyMs() - busyBeforeMs });
    try {
      const response = await send(config);
      const timing = time();
      try {
        if (response.status !== 302) decodeJson(response);
      } finally {
        sample(response, timing);
      }
      return response;
    } catch (thrown) {
      const error = thrown instanceof AxiosError ? classified(thrown) : thrown;
      if (error instanceof AxiosError && error.code !== NOT_JSON && error.code !== HTML_ANSWER) {
        if (error.code !== AxiosError.ERR_CANCELED) sample(error.response, time());
        if (error.response) tryDecodeJson(error.response);
      }
      throw error;
    } finally {
      release();
    }
  };
};

/** Error bodies may be anything; what is no JSON stays text. */
const tryDecodeJson = (response: AxiosResponse): void => {
  try {
    decodeJson(response);
  } catch {
    response.data = undefined;
  }
};

/** The only axios instance that knows the credentials. It follows no redirect. */
export const createTransport = (options: TransportOptions): AxiosInstance => {
  const instance = axios.create({
    baseURL: options.apiBase,
    headers: {
      Accept: 'application/json',
      Authorization: options.authorization,
      'User-Agent': options.userAgent,
    },
    timeout: options.timeoutMs,
    maxRedirects: 0,
    ...(options.isLoopback && { proxy: false }),
    maxContentLength: MAX_ANSWER_BYTES,
    responseType: 'text',
    transformResponse: [(data: unknown) => data],
    adapter: gatedAdapter(options),
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true }),
  });
  axiosRetry(instance, retryPolicy(options));
  return instance;
};
