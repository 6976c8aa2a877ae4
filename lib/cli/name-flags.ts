import type { FailedItem } from '../events/failed-item.js';
import type { IncompleteListing } from '../events/incomplete-listing.js';
import type { RxsyncEvent } from '../events/events.js';
import type { PullOptions } from '../pull/run/pull-options.js';

/** How each option of the library is given to the command. */
export const GIVEN_AS: Readonly<Record<keyof PullOptions, string>> = {
  url: 'CONFLUENCE_URL or --url',
  credentials: 'CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN (or CONFLUENCE_BEARER_TOKEN)',
  space: '--space',
  dir: 'dir',
  ancestor: '--ancestor',
  label: '--label',
  cql: '--cql',
  full: '--full',
  checkDeletions: '--check-deletions',
  maxDelete: '--max-delete',
  format: '--format',
  flavor: '--flavor',
  attachments: '--attachments',
  attachmentMaxBytes: '--attachment-max-size',
  attachmentTypes: '--attachment-types',
  comments: '--comments',
  labels: '--labels',
  concurrency: '--concurrency',
  maxConcurrency: '--max-concurrency',
  attachmentConcurrency: '--attachment-concurrency',
  maxRetries: '--max-retries',
  tellUnchanged: '--verbose',
  timeoutMs: '--timeout',
  maxWaitMs: '--max-wait',
  quotaReserve: '--quota-reserve',
  dryRun: '--dry-run',
  force: '--force',
  ca: '--ca-file',
  mediaHosts: '--media-host',
  allowHttp: '--allow-http',
};

const WORDS: ReadonlyMap<string, string> = new Map([...Object.entries(GIVEN_AS), ['since', '--since']]);

/** `` `force` ``, or with a value, `` `format: 'storage'` ``. */
const OPTION = /`(\w+)(?:: (?:\[?'([^'`]*)'\]?|(false|null)))?`/g;

/** A text of the library with its options, in backquotes there, as the command has them: `` `maxWaitMs` `` as `--max-wait`. */
export const nameFlags = (text: string): string =>
  text.replaceAll(OPTION, (whole, option: string, value?: string, off?: string) => {
    const word = WORDS.get(option);
    if (word === undefined) return whole;
    if (off !== undefined) return word.replace('--', '--no-');
    return value === undefined ? word : `${word} ${value}`;
  });

interface Told {
  readonly message: string;
  readonly hint?: string;
  readonly cure?: string;
}

/** As it is, but for what it says of options. */
export const inFlags = <T extends Told>(told: T): T => ({
  ...told,
  message: nameFlags(told.message),
  ...(told.hint !== undefined && { hint: nameFlags(told.hint) }),
  ...(told.cure !== undefined && { cure: nameFlags(told.cure) }),
});

interface Result {
  readonly failedItems: readonly FailedItem[];
  readonly incomplete: readonly IncompleteListing[];
  readonly lostState?: Told;
  readonly warnings?: readonly Told[];
}

/** As it is, but for what its failed items, listings, lost state and warnings say of options. */
export const resultInFlags = <T extends Result>(result: T): T => ({
  ...result,
  failedItems: result.failedItems.map(inFlags),
  incomplete: result.incomplete.map(inFlags),
  ...(result.lostState && { lostState: inFlags(result.lostState) }),
  ...(result.warnings && { warnings: result.warnings.map(inFlags) }),
});

/** As it is, but for what it says of options. */
export const eventInFlags = (event: RxsyncEvent): RxsyncEvent => {
  const told = 'message' in event ? inFlags(event) : event;
  return 'failedItems' in told ? resultInFlags(told) : told;
};
