import type { ArgumentsCamelCase, InferredOptionTypes, Options } from 'yargs';
import { ATTACHMENT_MODES, DEFAULT_SETTINGS, FLAVORS, FORMATS } from '../../core/mirror-settings.js';
import { UsageError } from '../../errors/usage-error.js';
import { WIKI_DEFAULTS as DEFAULTS } from '../../pull/run/wiki-options.js';
import { PROGRESS_MODES } from '../render/choose-renderer.js';
import { isOff } from '../settings/is-off.js';

const WHAT = 'What to mirror (the mirror remembers it):';
const HOW = 'How:';
const WIKI = 'Wiki and credentials:';
const OUTPUT = 'Output:';

/** What the mirror remembers holds; a new one has this. */
const inNew = (value: string): string => `[new mirrors: ${value}]`;

/** `--no-label` and `off` give null: nothing narrows the mirror that way any more. */
const narrowing = (describe: string) =>
  ({
    type: 'string',
    requiresArg: true,
    group: WHAT,
    describe,
    coerce: (given: string | false): string | null => (given === false || isOff(given) ? null : given),
  }) as const satisfies Options;

/** As {@link narrowing}, by several. */
const narrowings = (describe: string) =>
  ({
    type: 'string',
    array: true,
    requiresArg: true,
    group: WHAT,
    describe,
    coerce: (given: readonly (string | false)[]): readonly string[] | null => {
      const names = given.flatMap((each) => (each === false || isOff(each) ? [] : each));
      if (names.length === given.length) return names;
      if (names.length === 0) return null;
      throw new UsageError(`"off" ends a narrowing, and ${names.join(', ')} is named beside it.`);
    },
  }) as const satisfies Options;

/** The flags of `rxsync pull`. */
export const PULL_FLAGS = {
  space: {
    type: 'string',
    array: true,
    requiresArg: true,
    group: WHAT,
    describe:
      'key (or address) of the space; several by commas or repetition; "*": every current one that the account sees, personal ones, too [default: what dir mirrors]',
  },
  ancestor: narrowings(
    'only this page or folder (id or address) and what is below it; several as with --space (off: whole space again)',
  ),
  label: narrowing('only pages with this label (off: with any or none)'),
  cql: narrowing('only pages that this CQL finds (off: all)'),
  format: {
    choices: FORMATS,
    requiresArg: true,
    group: WHAT,
    describe: `body format on disk ${inNew(DEFAULT_SETTINGS.format)}`,
  },
  flavor: {
    choices: FLAVORS,
    requiresArg: true,
    group: WHAT,
    describe: `dialect of the Markdown ${inNew(DEFAULT_SETTINGS.flavor)}`,
  },
  attachments: {
    choices: ATTACHMENT_MODES,
    requiresArg: true,
    group: WHAT,
    describe: `which files to download (--no-attachments: none) ${inNew(DEFAULT_SETTINGS.attachments)}`,
  },
  'attachment-max-size': narrowing(
    'only files of at most this size, as the wiki states it: 500K, 10M, 1.5G (off: of any)',
  ),
  'attachment-types': narrowings(
    'only files of these types: pdf, "report-*.pdf", "image/*"; "!zip" leaves out (off: of any)',
  ),
  comments: {
    type: 'boolean',
    group: WHAT,
    describe: `footer and inline comments with replies (--no-comments: none) ${inNew('no')}`,
  },
  labels: {
    type: 'boolean',
    group: WHAT,
    describe: `labels into the front matter (--no-labels: none) ${inNew('no')}`,
  },
  full: { type: 'boolean', default: false, group: HOW, describe: 'fetch everything again' },
  'check-deletions': {
    type: 'boolean',
    default: true,
    group: HOW,
    describe: 'compare the whole listing; --no-check-deletions: quick delta, only what changed',
  },
  'max-delete': {
    type: 'string',
    requiresArg: true,
    group: HOW,
    describe: 'refuse to delete more (count or N%) without --force [default: 10%, at least 50]',
  },
  force: {
    type: 'boolean',
    default: false,
    group: HOW,
    describe: 'overwrite local changes, ignore --max-delete',
  },
  'dry-run': {
    type: 'boolean',
    alias: 'n',
    default: false,
    group: HOW,
    describe: 'plan only: every item that would change, one a line (+ ~ > -)',
  },
  concurrency: {
    type: 'number',
    requiresArg: true,
    group: HOW,
    describe: `API requests in flight to start with [default: ${DEFAULTS.concurrency}]`,
  },
  'max-concurrency': {
    type: 'number',
    requiresArg: true,
    group: HOW,
    describe: `most API requests in flight [default: ${DEFAULTS.maxConcurrency}]`,
  },
  'attachment-concurrency': {
    type: 'number',
    default: DEFAULTS.attachmentConcurrency,
    requiresArg: true,
    group: HOW,
    describe: 'downloads in flight to start with',
  },
  'max-retries': {
    type: 'number',
    default: DEFAULTS.maxRetries,
    requiresArg: true,
    group: HOW,
    describe: 'retries of one request',
  },
  timeout: {
    type: 'number',
    default: DEFAULTS.timeoutMs / 1000,
    requiresArg: true,
    group: HOW,
    describe: 'seconds of silence until a request is given up; ten times that for a whole answer',
  },
  'max-wait': {
    type: 'number',
    default: DEFAULTS.maxWaitMs / 1000,
    requiresArg: true,
    group: HOW,
    describe: 'longest wait that the wiki asks for (429, Retry-After), seconds',
  },
  'quota-reserve': {
    type: 'number',
    default: DEFAULTS.quotaReserve,
    requiresArg: true,
    group: HOW,
    describe: 'percent of an hourly points quota left to others',
  },
  url: { type: 'string', requiresArg: true, group: WIKI, describe: 'address of the wiki [CONFLUENCE_URL]' },
  email: {
    type: 'string',
    requiresArg: true,
    group: WIKI,
    describe: 'email of the account [CONFLUENCE_EMAIL]',
  },
  'token-file': {
    type: 'string',
    requiresArg: true,
    group: WIKI,
    describe: 'file with the API token [CONFLUENCE_API_TOKEN, CONFLUENCE_BEARER_TOKEN]',
  },
  'allow-http': { type: 'boolean', default: false, group: WIKI, describe: 'let plain http pass' },
  'ca-file': {
    type: 'string',
    requiresArg: true,
    group: WIKI,
    describe: 'certificates (PEM) of further authorities to trust',
  },
  'media-host': {
    type: 'string',
    array: true,
    requiresArg: true,
    group: WIKI,
    describe: 'further host that may serve attachments',
  },
  sandbox: {
    type: 'string',
    group: WIKI,
    describe: 'pull from the embedded wiki; --sandbox=pages=100,rps=20 shapes it',
  },
  progress: {
    choices: PROGRESS_MODES,
    default: 'auto',
    requiresArg: true,
    group: OUTPUT,
    describe: 'how to show what happens; none: only warnings, and how it ended',
  },
  json: {
    type: 'boolean',
    default: false,
    group: OUTPUT,
    describe: 'one summary object on stdout at the end',
  },
  quiet: {
    type: 'boolean',
    alias: 'q',
    default: false,
    group: OUTPUT,
    describe: 'only errors, and warnings of what is in the mirror',
  },
  verbose: {
    type: 'boolean',
    alias: 'v',
    default: false,
    group: OUTPUT,
    describe: 'name each file; retries, changes of pace, stack traces',
  },
  'log-file': {
    type: 'string',
    requiresArg: true,
    group: OUTPUT,
    describe: 'file that all events are added to, as NDJSON',
  },
  color: {
    type: 'boolean',
    group: OUTPUT,
    describe: 'colours, on or off [default: on a terminal; NO_COLOR turns them off]',
  },
  config: {
    type: 'string',
    requiresArg: true,
    describe: 'JSON or YAML file with the names of the flags [default: rxsync.config.*]',
  },
} as const satisfies Record<string, Options>;

export type PullFlags = ArgumentsCamelCase<InferredOptionTypes<typeof PULL_FLAGS> & { dir: string }>;
