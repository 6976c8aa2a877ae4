import type { Credentials } from '../../confluence/authorization.js';
import type { NamedContent } from '../../core/content-address.js';
import type { DeletionLimit } from '../../core/deletion-guard.js';
import type { MirrorSettings } from '../../core/mirror-settings.js';
import { OptionsError } from '../../errors/options-error.js';
import { leadsIntoOwn } from '../../store/own-files.js';
import { namedAncestors, resolveSettings, type SettingOptions } from './setting-options.js';

/** What to mirror, from where, to where. */
export interface PullOptions extends SettingOptions {
  /** Address of the wiki: `https://example.atlassian.net`, or the gateway's. */
  readonly url: string;
  readonly credentials: Credentials;
  /** Key of the space. @default the space that `dir` mirrors already */
  readonly space?: string;
  /** Folder of the mirror; made if it does not exist. */
  readonly dir: string;
  /** Fetch everything again. @default false */
  readonly full?: boolean;
  /**
   * Compare the whole listing: finds deletions, moves and restores. Without it a delta asks only for what changed since
   * the last pull: a few requests, however large the space. @default true
   */
  readonly checkDeletions?: boolean;
  /** Most items to delete in one run without `force`: a count or `N%`. @default 10%, at least 50 */
  readonly maxDelete?: number | string;
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
  /** Tell of each unchanged page, too (`page.skipped`). @default false */
  readonly tellUnchanged?: boolean;
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

const deletionLimit = (value: number | string | undefined): DeletionLimit => {
  if (value === undefined) return { atLeast: 50, share: 0.1 };
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(String(value))?.[1];
  if (percent !== undefined && Number(percent) <= 100) return { atLeast: 0, share: Number(percent) / 100 };
  if (percent === undefined && /^\d+$/.test(String(value))) return { atLeast: Number(value), share: 0 };
  throw new OptionsError('maxDelete', value, 'be a count or a percentage such as 10%');
};

const namedAncestorsIn = (ancestor: PullOptions['ancestor']): readonly NamedContent[] =>
  ancestor === undefined || ancestor === null ? [] : namedAncestors(ancestor);

/** A folder of rxsync's own, of this mirror or another, holds no mirror. */
const folderOf = (dir: string): string => {
  if (leadsIntoOwn(dir))
    throw new OptionsError('dir', dir, 'name a folder outside .rxsync, which is of a mirror by itself');
  return dir;
};

/**
 * All options with their defaults; settings that are not given are those that the mirror remembers.
 * @throws OptionsError naming option, value and rule
 */
export const resolveOptions = (
  { ancestor, attachmentMaxBytes, attachmentTypes, label, cql, ...options }: PullOptions,
  remembered: Partial<MirrorSettings> = {},
) => {
  const settings = { ...options, ancestor, attachmentMaxBytes, attachmentTypes, label, cql };
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
    ...resolveSettings(settings, remembered),
    dir: folderOf(options.dir),
    /** Those that are asked for now, as they are named. */
    namedAncestors: namedAncestorsIn(ancestor),
    full: options.full ?? false,
    checkDeletions: options.checkDeletions ?? DEFAULTS.checkDeletions,
    deletionLimit: deletionLimit(options.maxDelete),
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
