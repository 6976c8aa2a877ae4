import { parseAddress } from '../../confluence/address.js';
import type { Credentials } from '../../confluence/authorization.js';
import { OptionsError } from '../../errors/options-error.js';
import { checkCredentials, flag, given, integer, text } from './check-options.js';

/** How a wiki is reached, and how hard it may be asked. */
export interface WikiOptions {
  /** Address of the wiki: `https://example.atlassian.net`, or the gateway's. */
  readonly url: string;
  readonly credentials: Credentials;
  /** API requests in flight to start with. @default 5, or `maxConcurrency` where that is less */
  readonly concurrency?: number;
  /** @default 10, or `concurrency` where that is more */
  readonly maxConcurrency?: number;
  /** Downloads in flight to start with; adapts up to four times as many. @default 4 */
  readonly attachmentConcurrency?: number;
  /** Retries of one request. @default 4 */
  readonly maxRetries?: number;
  /** Longest silence of a connection; an answer may take ten times as long in all. @default 60_000 */
  readonly timeoutMs?: number;
  /** Longest total wait that the wiki asks for: on a rate limit, or while it is not available. @default 3_600_000 */
  readonly maxWaitMs?: number;
  /** Percent of the hourly points quota that is left to others, where there is a quota. @default 10 */
  readonly quotaReserve?: number;
  /** PEM of certificate authorities beside those that Node knows. */
  readonly ca?: string;
  /** Hosts beside `*.atlassian.com` that may serve attachments. */
  readonly mediaHosts?: readonly string[];
  /** Let `http:` addresses other than loopback pass. @default false */
  readonly allowHttp?: boolean;
}

const NAMES = {
  url: true,
  credentials: true,
  concurrency: true,
  maxConcurrency: true,
  attachmentConcurrency: true,
  maxRetries: true,
  timeoutMs: true,
  maxWaitMs: true,
  quotaReserve: true,
  ca: true,
  mediaHosts: true,
  allowHttp: true,
} as const satisfies Record<keyof WikiOptions, true>;

export const WIKI_OPTIONS: readonly string[] = Object.keys(NAMES);

/** What stands for an option that is not given. */
export const WIKI_DEFAULTS = {
  concurrency: 5,
  maxConcurrency: 10,
  attachmentConcurrency: 4,
  maxRetries: 4,
  timeoutMs: 60_000,
  maxWaitMs: 3_600_000,
  quotaReserve: 10,
} as const satisfies Partial<WikiOptions>;

const MAX_CONCURRENCY = 100;
/** Timers reach no further. */
const MAX_TIMER_MS = 2 ** 31 - 1;

const hosts = (given: readonly string[]): readonly string[] => {
  if (Array.isArray(given) && given.every((host) => typeof host === 'string')) return given;
  throw new OptionsError('mediaHosts', given, 'be a list of names of hosts');
};

/** All of them, with their defaults. */
export type ResolvedWikiOptions = Required<Omit<WikiOptions, 'ca'>> & { readonly ca: string | undefined };

/**
 * Fills in the defaults.
 * @throws OptionsError naming option, value and rule
 */
export const resolveWikiOptions = (options: WikiOptions): ResolvedWikiOptions => {
  const url = text('url', options.url, 'be an address such as https://example.atlassian.net');
  const allowHttp = flag('allowHttp', given(options.allowHttp, false));
  parseAddress(url, { allowHttp });
  checkCredentials(options.credentials);
  const {
    maxConcurrency = Math.max(WIKI_DEFAULTS.maxConcurrency, options.concurrency ?? WIKI_DEFAULTS.concurrency),
  } = options;
  const concurrency = integer(
    'concurrency',
    given(options.concurrency, Math.min(WIKI_DEFAULTS.concurrency, Math.max(1, maxConcurrency))),
    1,
    MAX_CONCURRENCY,
  );
  const attachmentConcurrency = integer(
    'attachmentConcurrency',
    given(options.attachmentConcurrency, WIKI_DEFAULTS.attachmentConcurrency),
    1,
    64,
  );
  return {
    url,
    credentials: { ...options.credentials },
    maxConcurrency: integer('maxConcurrency', maxConcurrency, concurrency, MAX_CONCURRENCY),
    concurrency,
    attachmentConcurrency,
    maxRetries: integer('maxRetries', given(options.maxRetries, WIKI_DEFAULTS.maxRetries), 0, 100),
    timeoutMs: integer('timeoutMs', given(options.timeoutMs, WIKI_DEFAULTS.timeoutMs), 1, MAX_TIMER_MS),
    maxWaitMs: integer('maxWaitMs', given(options.maxWaitMs, WIKI_DEFAULTS.maxWaitMs), 0),
    quotaReserve: integer('quotaReserve', given(options.quotaReserve, WIKI_DEFAULTS.quotaReserve), 0, 100),
    ca: options.ca === undefined ? undefined : text('ca', options.ca, 'be certificates in PEM form'),
    mediaHosts: hosts(given(options.mediaHosts, [])),
    allowHttp,
  };
};
