import { Agent as HttpAgent, ClientRequest } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import axios, {
  AxiosError,
  type AxiosAdapter,
  type AxiosInstance,
  type AxiosResponse,
  type InternalAxiosRequestConfig,
} from 'axios';
import axiosRetry from 'axios-retry';
import type { RequestLane, ResponseSample } from '../core/request-lane.js';
import { BROKEN_OFF, HTML_ANSWER, NOT_JSON, PROXY_REFUSED, TOO_LARGE, TOO_SLOW } from './api-errors.js';
import { htmlAnswer } from './answer-words.js';
import { checkProxy } from './check-proxy.js';
import { withDeadline } from './deadline.js';
import { stoppedInFlight } from './gate.js';
import { plainHeaders } from './plain-headers.js';
import { type RetryOptions, retryRequests } from './retry.js';
import { ENCODINGS, unpacking } from './unpacking.js';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** What the request is for; the gate admits by it. */
    lane?: RequestLane;
    /** Whether it asks for bodies, one of which may be what the wiki chokes on. */
    hasBodies?: boolean;
    /** A retry: it leaves at this time, in ms since the epoch. */
    notBeforeMs?: number;
    /** Whether a failure that gets only one retry has had it. */
    wasRetriedOnce?: boolean;
    /** The last failure that was the request's own. */
    blamed?: AxiosError;
  }
}

/** A connection may be silent for `timeoutMs`; an answer that comes in drops ends after this many times that. */
const DEADLINE_FACTOR = 10;

export interface TransportOptions extends RetryOptions {
  readonly apiBase: string;
  readonly authorization: string;
  /** A wiki on this machine is spoken to directly: a proxy would be shown the credentials. */
  readonly isLoopback: boolean;
  readonly userAgent: string;
  /** Longest silence of a connection; an answer may take ten times as long in all. */
  readonly timeoutMs: number;
  /** What an answer may weigh; a batch that is larger is asked for in parts. */
  readonly maxAnswerBytes: number;
  /** PEM of certificate authorities beside those that Node knows. */
  readonly ca?: string | undefined;
  /** How long this process has been busy since its start, in ms. */
  readonly busyMs: () => number;
}

const contentType = (response: AxiosResponse): string => String(response.headers['content-type'] ?? '');

const CHARSET = /;\s*charset="?([^";\s]+)/i;

/** The text of an answer; what is not in its charset is an error, never text with holes. */
const textOf = (bytes: Buffer, type: string): string =>
  new TextDecoder(CHARSET.exec(type)?.[1] ?? 'utf-8', { fatal: true }).decode(bytes);

/** Turns the bytes of an answer into JSON, or throws what the retry policy can tell apart. */
const decodeJson = (response: AxiosResponse): void => {
  const bytes: unknown = response.data;
  if (!Buffer.isBuffer(bytes)) return;
  const fail = (code: string): AxiosError => new AxiosError(code, code, response.config, undefined, response);
  if (contentType(response).startsWith('text/html')) {
    response.data = htmlAnswer(bytes);
    throw fail(HTML_ANSWER);
  }
  try {
    const json: unknown = JSON.parse(textOf(bytes, contentType(response)));
    response.data = json;
  } catch {
    throw fail(NOT_JSON);
  }
};

/** An answer to a request over TLS that came without: a proxy was to connect us and did not. */
const isFromProxy = ({ config, ...response }: AxiosResponse): boolean => {
  const request: unknown = response.request;
  return (
    /^https:/i.test(config.baseURL ?? '') &&
    request instanceof ClientRequest &&
    request.socket !== null &&
    !('encrypted' in request.socket)
  );
};

/** Gives codes of their own to failures for which axios has none. */
const classify = (error: AxiosError): AxiosError => {
  const { code, config, response } = error;
  if (code === NOT_JSON || code === HTML_ANSWER) return error;
  if (response === undefined)
    return code === AxiosError.ERR_BAD_RESPONSE ? new AxiosError(TOO_LARGE, TOO_LARGE, config) : error;
  if (isFromProxy(response)) return new AxiosError(PROXY_REFUSED, PROXY_REFUSED, config, undefined, response);
  return response.status === 200 ? new AxiosError(BROKEN_OFF, BROKEN_OFF, config) : error;
};

type Timing = Pick<ResponseSample, 'atMs' | 'busyMs'>;

/** Objects that an answer carries, by which the wiki counts its points; a redirect to a file stands for one. */
const objectsIn = ({ status, data }: AxiosResponse<unknown>): number => {
  if (status >= 300 && status < 400) return 1;
  if (status !== 200 || typeof data !== 'object' || data === null) return 0;
  return 'results' in data && Array.isArray(data.results) ? data.results.length : 1;
};

/** One attempt: it passes the gate, is sampled and decoded. */
const attempt = async (
  { gate, now, busyMs, timeoutMs, maxAnswerBytes }: TransportOptions,
  config: InternalAxiosRequestConfig,
): Promise<AxiosResponse> => {
  const lane = config.lane ?? 'listing';
  const signal = config.signal instanceof AbortSignal ? config.signal : undefined;
  const release = await gate.admit(lane, { signal, notBeforeMs: config.notBeforeMs });
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
  const deadline = withDeadline([gate.ending, ...(signal ? [signal] : [])], DEADLINE_FACTOR * timeoutMs);
  try {
    const adapter = unpacking(axios.getAdapter('http'), maxAnswerBytes);
    const response = await adapter({ ...config, signal: deadline.signal });
    const timing = time();
    try {
      if (response.status < 300) decodeJson(response);
    } finally {
      sample(response, timing);
    }
    return response;
  } catch (thrown) {
    if (gate.ending.aborted) throw stoppedInFlight();
    if (!(thrown instanceof AxiosError)) throw thrown;
    if (deadline.isOver()) {
      sample(undefined, time());
      throw new AxiosError(TOO_SLOW, TOO_SLOW, config);
    }
    const error = classify(thrown);
    if (error.code !== NOT_JSON && error.code !== HTML_ANSWER) {
      if (error.code !== AxiosError.ERR_CANCELED) sample(error.response, time());
      if (error.response) tryDecodeJson(error.response);
    }
    throw error;
  } finally {
    deadline.clear();
    release();
  }
};

/**
 * Every attempt, retries too, passes the gate: this wraps the innermost step of axios. One that a rate limit refuses asks
 * to be admitted again; how long that takes, and whether at all, is the gate's.
 */
const gatedAdapter =
  (options: TransportOptions): AxiosAdapter =>
  async (config) => {
    for (;;)
      try {
        return await attempt(options, config);
      } catch (error) {
        if (!(error instanceof AxiosError) || error.response?.status !== 429) throw error;
      }
  };

/** Error bodies may be anything; of what is neither JSON nor HTML nothing is kept. */
const tryDecodeJson = (response: AxiosResponse): void => {
  try {
    decodeJson(response);
  } catch {
    if (Buffer.isBuffer(response.data)) response.data = undefined;
  }
};

/**
 * The only axios instance that knows the credentials. It follows no redirect.
 * @throws UsageError for a proxy of the environment that is none
 */
export const createTransport = (options: TransportOptions): AxiosInstance => {
  // axios asks the environment for a proxy, too.
  if (!options.isLoopback) checkProxy(options.apiBase, process.env);
  const authorities = options.ca === undefined ? {} : { ca: [...rootCertificates, options.ca] };
  const instance = axios.create({
    baseURL: options.apiBase,
    headers: {
      Accept: 'application/json',
      'Accept-Encoding': ENCODINGS,
      Authorization: options.authorization,
      'User-Agent': options.userAgent,
    },
    timeout: options.timeoutMs,
    maxRedirects: 0,
    ...(options.isLoopback && { proxy: false }),
    maxContentLength: options.maxAnswerBytes,
    responseType: 'arraybuffer',
    transformResponse: [(data: unknown) => data],
    adapter: gatedAdapter(options),
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true, ...authorities }),
  });
  axiosRetry(instance, retryRequests(options));
  return instance;
};
