import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type Readable, pipeline, type Transform } from 'node:stream';
import { rootCertificates } from 'node:tls';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import axios, { isAxiosError, type AxiosInstance } from 'axios';
import type { ResponseSample } from '../core/request-lane.js';
import { MediaError } from '../errors/media-error.js';
import { isLoopbackHost } from './address.js';
import { withDeadlines } from './media-deadlines.js';
import { plainHeaders } from './plain-headers.js';

const MAX_REDIRECTS = 3;

/** We ask for files as they are; some hosts and proxies pack them all the same. */
const UNPACKERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

export interface MediaOptions {
  /** Hosts beside `*.atlassian.com` that may serve attachments. */
  readonly mediaHosts: readonly string[];
  /** True when the wiki itself is on loopback: then media may be, too. */
  readonly allowLoopback: boolean;
  /** Longest silence of a connection, also in the middle of a body. */
  readonly timeoutMs: number;
  /** PEM of certificate authorities beside those that Node knows. */
  readonly ca?: string | undefined;
  /** A file whose size nobody states breaks off after this many bytes. */
  readonly maxBytes: number;
  readonly userAgent: string;
  /** Told of every answer, as soon as its headers are there. */
  readonly onAnswer: (sample: ResponseSample) => void;
  readonly now: () => number;
}

/** An answer of the media host: the bytes of a file as they come. */
export interface MediaAnswer {
  readonly stream: Readable;
  /** What `Content-Length` says. */
  readonly lengthBytes: number | undefined;
  /** What `Content-Type` says, without parameters, in lower case. */
  readonly contentType: string | undefined;
}

const isAllowed = (url: URL, { mediaHosts, allowLoopback }: MediaOptions): boolean => {
  if (isLoopbackHost(url.hostname)) return allowLoopback;
  const known = url.hostname.endsWith('.atlassian.com') || mediaHosts.includes(url.hostname);
  return url.protocol === 'https:' && known;
};

/** An address is signed: errors name its host, never all of it. */
const parseMediaAddress = (address: string, base?: string): URL => {
  if (URL.canParse(address, base)) return new URL(address, base);
  throw new MediaError('media-host', 'The wiki sends an attachment from something that is no address.');
};

const checkHost = (url: URL, options: MediaOptions): void => {
  if (isAllowed(url, options)) return;
  throw new MediaError(
    'media-host',
    `The wiki sends an attachment from ${url.protocol}//${url.host}, which is no known media host.`,
    url.protocol === 'https:'
      ? { hint: `If you trust it, pull again with \`mediaHosts: ['${url.hostname}']\`.` }
      : {},
  );
};

/** Fetches signed media addresses: without credentials, redirects by hand, each checked against the known hosts. */
export const createMedia = (options: MediaOptions) => {
  const authorities = options.ca === undefined ? {} : { ca: [...rootCertificates, options.ca] };
  const http: AxiosInstance = axios.create({
    headers: { 'User-Agent': options.userAgent, Accept: '*/*', 'Accept-Encoding': 'identity' },
    timeout: options.timeoutMs,
    maxRedirects: 0,
    maxContentLength: options.maxBytes,
    responseType: 'stream',
    decompress: false,
    validateStatus: () => true,
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true, ...authorities }),
  });

  const get = async (url: URL, signal: AbortSignal, hops: number): Promise<MediaAnswer> => {
    checkHost(url, options);
    const startedAtMs = options.now();
    const response = await http.get<Readable>(url.href, {
      signal,
      ...(isLoopbackHost(url.hostname) && { proxy: false }),
    });
    const { status } = response;
    const headers = plainHeaders(response.headers);
    options.onAnswer({ lane: 'media', startedAtMs, atMs: options.now(), status, headers });
    if (status === 200) {
      const length = Number(headers['content-length'] ?? NaN);
      const unpack = UNPACKERS[headers['content-encoding']?.toLowerCase() ?? 'identity'];
      const lengthBytes = Number.isInteger(length) && unpack === undefined ? length : undefined;
      const bytes = unpack === undefined ? response.data : pipeline(response.data, unpack(), () => undefined);
      return {
        stream: withDeadlines(bytes, options.timeoutMs, lengthBytes),
        lengthBytes,
        contentType: headers['content-type']?.split(';')[0]?.trim().toLowerCase(),
      };
    }
    response.data.destroy();
    const location: unknown = response.headers.location;
    if (status < 300 || status >= 400 || typeof location !== 'string')
      throw new MediaError('media-status', `The media host answered ${status}.`, { status });
    if (hops === 0) throw new MediaError('media-redirects', 'The media host redirects again and again.');
    return get(parseMediaAddress(location, url.href), signal, hops - 1);
  };

  /** The bytes behind a signed address. Destroy the stream or read it to its end. */
  return async (address: string, signal: AbortSignal): Promise<MediaAnswer> => {
    const url = parseMediaAddress(address);
    try {
      return await get(url, signal, MAX_REDIRECTS);
    } catch (error) {
      if (!isAxiosError(error)) throw error;
      throw new MediaError(
        'media-connection',
        `The media host ${url.host} cannot be reached (${error.code ?? error.message}).`,
      );
    }
  };
};

export type Media = ReturnType<typeof createMedia>;
