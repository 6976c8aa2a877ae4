import type { Credentials } from '../../confluence/authorization.js';
import type { Flavor } from '../../convert/index.js';
import type { Format } from '../../core/content.js';
import type { DeletionLimit } from '../../core/deletion-guard.js';
import { OptionsError } from '../../errors/options-error.js';

export const FORMATS = ['markdown', 'storage', 'adf'] as const satisfies readonly Format[];
export const FLAVORS = ['github', 'obsidian', 'mkdocs'] as const satisfies readonly Flavor[];
export const ATTACHMENT_MODES = ['all', 'referenced', 'none'] as const;
export type AttachmentMode = (typeof ATTACHMENT_MODES)[number];

/** What to mirror, from where, to where. */
export interface PullOptions {
  /** Address of the wiki: `https://example.atlassian.net`, or the gateway's. */
  readonly url: string;
  readonly credentials: Credentials;
  /** Key of the space. @default the space that `dir` mirrors already */
  readonly space?: string;
  /** Folder of the mirror; made if it does not exist. */
  readonly dir: string;
  /** Only this page and what is below it. */
  readonly ancestor?: string;
  /** Only pages with this label. */
  readonly label?: string;
  /** Only pages that this CQL finds. */
  readonly cql?: string;
  /** Fetch everything again. @default false */
  readonly full?: boolean;
  /**
   * Compare the whole listing: finds deletions, moves and restores. Without it a delta asks only for what changed since
   * the last pull: a few requests, however large the space. @default true
   */
  readonly checkDeletions?: boolean;
  /** Most items to delete in one run without `force`: a count or `N%`. @default 10%, at least 50 */
  readonly maxDelete?: number | string;
  /** @default markdown */
  readonly format?: Format;
  /** The dialect in which Markdown is written: pages, and comments in any format. @default github */
  readonly flavor?: Flavor;
  /** @default all */
  readonly attachments?: AttachmentMode;
  /** @default false */
  readonly comments?: boolean;
  /** @default false */
  readonly labels?: boolean;
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
  /** Plan only. @default false */
  readonly dryRun?: boolean;
  /** Overwrite and delete what the user changed; delete more than `maxDelete`. @default false */
  readonly force?: boolean;
  /** PEM of certificate authorities beside those that Node knows. */
  readonly ca?: string;
  /** Hosts beside `*.atlassian.com` that may serve attachments. */
  readonly mediaHosts?: readonly string[];
  /** Let `http:` addresses other than loopback pass. @default false */
  readonly allowHttp?: boolean;
}

/** What stands for an option that is not given. */
export const DEFAULTS = {
  checkDeletions: true,
  format: 'markdown',
  flavor: 'github',
  attachments: 'all',
  concurrency: 5,
  maxConcurrency: 10,
  attachmentConcurrency: 4,
  maxRetries: 4,
  timeoutMs: 60_000,
  maxWaitMs: 3_600_000,
  quotaReserve: 10,
} as const satisfies Partial<PullOptions>;

const MAX_CONCURRENCY = 100;
/** Timers reach no further. */
const MAX_TIMER_MS = 2 ** 31 - 1;

const integer = (name: string, value: number, min: number, max = Number.MAX_SAFE_INTEGER): number => {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new OptionsError(
      name,
      value,
      `be a whole number from ${min}${max < Number.MAX_SAFE_INTEGER ? ` to ${max}` : ''}`,
    );
  return value;
};

const oneOf = <T extends string>(name: string, value: T, allowed: readonly T[]): T => {
  if (!allowed.includes(value)) throw new OptionsError(name, value, `be one of ${allowed.join(', ')}`);
  return value;
};

const deletionLimit = (value: number | string | undefined): DeletionLimit => {
  if (value === undefined) return { atLeast: 50, share: 0.1 };
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(String(value))?.[1];
  if (percent !== undefined && Number(percent) <= 100) return { atLeast: 0, share: Number(percent) / 100 };
  if (percent === undefined && /^\d+$/.test(String(value))) return { atLeast: Number(value), share: 0 };
  throw new OptionsError('maxDelete', value, 'be a count or a percentage such as 10%');
};

const pageId = (ancestor: string): string => {
  if (!/^\d+$/.test(ancestor)) throw new OptionsError('ancestor', ancestor, 'be the id of a page, a number');
  return ancestor;
};

/** A search of one's own is joined with further conditions, and in an order that stays while it is read. */
const condition = (cql: string): string => {
  if (/\border\s+by\b/i.test(cql.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')))
    throw new OptionsError(
      'cql',
      cql,
      'be a condition without "order by": the mirror has an order of its own',
    );
  return cql;
};

/** All options with their defaults. @throws OptionsError naming option, value and rule */
export const resolveOptions = (options: PullOptions) => {
  const { maxConcurrency = Math.max(DEFAULTS.maxConcurrency, options.concurrency ?? DEFAULTS.concurrency) } =
    options;
  const concurrency = integer(
    'concurrency',
    options.concurrency ?? Math.min(DEFAULTS.concurrency, Math.max(1, maxConcurrency)),
    1,
    MAX_CONCURRENCY,
  );
  const attachmentConcurrency = integer(
    'attachmentConcurrency',
    options.attachmentConcurrency ?? DEFAULTS.attachmentConcurrency,
    1,
    64,
  );
  return {
    ...options,
    ...(options.ancestor !== undefined && { ancestor: pageId(options.ancestor) }),
    ...(options.cql !== undefined && { cql: condition(options.cql) }),
    full: options.full ?? false,
    checkDeletions: options.checkDeletions ?? DEFAULTS.checkDeletions,
    deletionLimit: deletionLimit(options.maxDelete),
    format: oneOf('format', options.format ?? DEFAULTS.format, FORMATS),
    flavor: oneOf('flavor', options.flavor ?? DEFAULTS.flavor, FLAVORS),
    attachments: oneOf('attachments', options.attachments ?? DEFAULTS.attachments, ATTACHMENT_MODES),
    comments: options.comments ?? false,
    labels: options.labels ?? false,
    maxConcurrency: integer('maxConcurrency', maxConcurrency, concurrency, MAX_CONCURRENCY),
    concurrency,
    attachmentConcurrency,
    maxRetries: integer('maxRetries', options.maxRetries ?? DEFAULTS.maxRetries, 0, 100),
    timeoutMs: integer('timeoutMs', options.timeoutMs ?? DEFAULTS.timeoutMs, 1, MAX_TIMER_MS),
    maxWaitMs: integer('maxWaitMs', options.maxWaitMs ?? DEFAULTS.maxWaitMs, 0),
    quotaReserve: integer('quotaReserve', options.quotaReserve ?? DEFAULTS.quotaReserve, 0, 100),
    dryRun: options.dryRun ?? false,
    force: options.force ?? false,
  };
};

export type ResolvedOptions = ReturnType<typeof resolveOptions>;
