import { pointsOf } from '../core/points-ledger.js';
import { TARGET_BATCH_BYTES } from '../core/batch-size.js';
import type { MirrorSettings } from '../core/mirror-settings.js';
import type { SeenLimits } from './rate.js';

/** How much there is in a space. Numbers of search are those of its index. */
export interface SpaceCounts {
  readonly pages: number;
  readonly blogposts: number;
  readonly folders: number;
  readonly attachments: number;
  readonly comments: number;
}

/** What a mirror leaves out of its space and an estimate does not see: nobody counts it before a pull. */
export const UNCOUNTED = [
  'ancestor',
  'label',
  'cql',
  'attachments',
  'attachmentMaxBytes',
  'attachmentTypes',
] as const satisfies readonly (keyof MirrorSettings)[];
/** A narrowing that an estimate leaves aside. */
export type Uncounted = (typeof UNCOUNTED)[number];

/** What the first pull of the space comes to, without attachments where the mirror has none. */
export interface Estimate extends SpaceCounts {
  readonly requests: number;
  /** Of an hourly quota, where there is one. */
  readonly points: number;
  readonly bytes: number;
  readonly durationMs: number;
  /** What takes the time: answers of the API, files, a limit a second, or the hourly quota. */
  readonly boundBy: 'requests' | 'downloads' | 'burst' | 'quota';
  /** What narrows the mirror and is not reckoned with: the estimate is then of the whole space, and a pull comes to less. */
  readonly uncounted: readonly Uncounted[];
}

/** What was measured on the way. */
export interface Measured {
  readonly pageBytes: number;
  readonly attachmentBytes: number;
  /** How long an answer takes, in ms. */
  readonly answerMs: number;
  /** How long a file takes, in ms. */
  readonly transferMs: number;
}

export interface EstimateOptions {
  /** What the mirror is. */
  readonly settings: MirrorSettings;
  /** API requests in flight. */
  readonly concurrency: number;
  /** Downloads in flight. */
  readonly attachmentConcurrency: number;
  /** Percent of the quota that is left to others. */
  readonly quotaReserve: number;
}

const LISTED = 250;
const SEARCHED = 200;
const COMMENTS_WITH_BODY = 50;
/** Space, account, and the like. */
const FIRST_REQUESTS = 3;
const HOUR_MS = 3_600_000;

const calls = (items: number, size: number): number => Math.ceil(items / size);

/** Pages whose bodies come in one answer. */
const batchOf = (pageBytes: number): number =>
  Math.max(1, Math.min(LISTED, Math.floor(TARGET_BATCH_BYTES / Math.max(1, pageBytes))));

const amounts = (counts: SpaceCounts, { pageBytes }: Measured, options: EstimateOptions) => {
  const { pages, blogposts, folders } = counts;
  const attachments = options.settings.attachments === 'none' ? 0 : counts.attachments;
  const comments = options.settings.comments ? counts.comments : 0;
  const documents = pages + blogposts;
  const requests =
    FIRST_REQUESTS +
    calls(pages, LISTED) +
    calls(blogposts, LISTED) +
    calls(documents, batchOf(pageBytes)) +
    calls(folders, SEARCHED) +
    calls(attachments, SEARCHED) +
    calls(comments, SEARCHED) +
    calls(comments, COMMENTS_WITH_BODY) +
    attachments;
  const objects = 2 * documents + folders + 2 * attachments + 2 * comments;
  return { requests, attachments, points: requests + pointsOf('pages', objects) - 1, documents };
};

type Bound = readonly [Estimate['boundBy'], number];

const bounds = (
  { requests, attachments, points }: ReturnType<typeof amounts>,
  { answerMs, transferMs }: Measured,
  options: EstimateOptions,
  { burst, quota }: Pick<SeenLimits, 'burst' | 'quota'>,
): Bound[] => {
  const hourly = ((quota?.quotaPoints ?? Infinity) * (100 - options.quotaReserve)) / 100;
  const hours = Math.ceil(points / hourly) - 1;
  return [
    ['requests', (requests * answerMs) / options.concurrency],
    ['downloads', (attachments * (answerMs + transferMs)) / options.attachmentConcurrency],
    ['burst', burst?.limit === undefined ? 0 : (requests / Math.max(1, burst.limit)) * 1000],
    ['quota', Math.max(0, hours) * HOUR_MS],
  ];
};

const uncountedIn = (settings: MirrorSettings): Uncounted[] =>
  UNCOUNTED.filter((setting) =>
    setting === 'attachments' ? settings.attachments === 'referenced' : settings[setting] !== undefined,
  );

/** What the first pull of a space comes to, by its counts and by what was measured. */
export const estimate = (
  counts: SpaceCounts,
  measured: Measured,
  options: EstimateOptions,
  limits: Pick<SeenLimits, 'burst' | 'quota'>,
): Estimate => {
  const amount = amounts(counts, measured, options);
  const [boundBy, durationMs] = bounds(amount, measured, options, limits).reduce((longest, bound) =>
    bound[1] > longest[1] ? bound : longest,
  );
  return {
    ...counts,
    attachments: amount.attachments,
    requests: amount.requests,
    points: amount.points,
    bytes: Math.round(amount.documents * measured.pageBytes + amount.attachments * measured.attachmentBytes),
    durationMs: Math.round(durationMs),
    boundBy,
    uncounted: uncountedIn(options.settings),
  };
};
