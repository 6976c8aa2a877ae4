import type { ArgumentsCamelCase, InferredOptionTypes, Options } from 'yargs';
import { ATTACHMENT_MODES, DEFAULTS, FLAVORS, FORMATS } from '../../pull/run/pull-options.js';
import { PROGRESS_MODES } from '../render/choose-renderer.js';

const WHAT = 'What to mirror:';
const HOW = 'How:';
const WIKI = 'Wiki and credentials:';
const OUTPUT = 'Output:';

/** The flags of `rxsync pull`. */
export const PULL_FLAGS = {
  space: {
    type: 'string',
    array: true,
    requiresArg: true,
    group: WHAT,
    describe:
      'key (or address) of the space; several by commas or repetition [default: the one that dir mirrors]',
  },
  ancestor: {
    type: 'string',
    requiresArg: true,
    group: WHAT,
    describe: 'only this page and what is below it',
  },
  label: { type: 'string', requiresArg: true, group: WHAT, describe: 'only pages with this label' },
  cql: { type: 'string', requiresArg: true, group: WHAT, describe: 'only pages that this CQL finds' },
  format: {
    choices: FORMATS,
    default: DEFAULTS.format,
    requiresArg: true,
    group: WHAT,
    describe: 'body format on disk',
  },
  flavor: {
    choices: FLAVORS,
    default: DEFAULTS.flavor,
    requiresArg: true,
    group: WHAT,
    describe: 'dialect of the Markdown',
  },
  attachments: {
    choices: ATTACHMENT_MODES,
    default: DEFAULTS.attachments,
    requiresArg: true,
    group: WHAT,
    describe: 'which files to download (--no-attachments: none)',
  },
  comments: {
    type: 'boolean',
    default: false,
    group: WHAT,
    describe: 'footer and inline comments with replies',
  },
  labels: { type: 'boolean', default: false, group: WHAT, describe: 'labels into the front matter' },
  full: { type: 'boolean', default: false, group: HOW, describe: 'fetch everything again' },
  'check-deletions': {
    type: 'boolean',
    default: DEFAULTS.checkDeletions,
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
    describe: 'plan only: what would change',
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
    describe: 'how to show what happens',
  },
  json: {
    type: 'boolean',
    default: false,
    group: OUTPUT,
    describe: 'one summary object on stdout at the end',
  },
  quiet: { type: 'boolean', alias: 'q', default: false, group: OUTPUT, describe: 'errors only' },
  verbose: {
    type: 'boolean',
    alias: 'v',
    default: false,
    group: OUTPUT,
    describe: 'retries, rate changes, stack traces',
  },
  color: { type: 'boolean', group: OUTPUT, describe: '--no-color (or NO_COLOR): no colours' },
  config: {
    type: 'string',
    requiresArg: true,
    describe: 'JSON or YAML file with the names of the flags [default: rxsync.config.*]',
  },
} as const satisfies Record<string, Options>;

export type PullFlags = ArgumentsCamelCase<InferredOptionTypes<typeof PULL_FLAGS> & { dir: string }>;
