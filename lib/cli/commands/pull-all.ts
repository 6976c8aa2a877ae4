import path from 'node:path';
import fs from 'fs-extra';
import { OptionsError } from '../../errors/options-error.js';
import { EXIT } from '../../errors/rxsync-error.js';
import { UsageError } from '../../errors/usage-error.js';
import type { PullOptions } from '../../pull/run/pull-options.js';
import { type Connection, connectionFrom } from '../connection.js';
import type { Cli } from '../cli.js';
import type { PullFlags } from './pull-flags.js';
import { spaceKey } from '../space-key.js';
import { stopSignals } from '../stop-signals.js';
import { runPull } from './run-pull.js';

/** The address that the embedded wiki gives itself: mirrors of it are alike, whatever port it has. */
const SANDBOX_SITE = 'https://sandbox.example';

const spacesOf = ({ space }: PullFlags, url: string): string[] =>
  (space ?? [])
    .flatMap((keys) => keys.split(','))
    .filter((key) => key !== '')
    .map((key) => spaceKey(key, url));

/** The wiki heeds no case in keys: each once, as it was spelt first. */
const distinct = (keys: readonly string[]): string[] =>
  [...new Map([...keys].reverse().map((key) => [key.toLowerCase(), key])).values()].reverse();

/** One space goes into `dir`, several into a folder each, named by their keys. */
const targets = async (flags: PullFlags, url: string): Promise<{ dir: string; space?: string }[]> => {
  const spaces = distinct(spacesOf(flags, url));
  const [only] = spaces;
  if (spaces.length <= 1) return [{ dir: flags.dir, ...(only !== undefined && { space: only }) }];
  const folders = await fs.readdir(flags.dir).catch((): string[] => []);
  return spaces.map((space) => ({ dir: path.join(flags.dir, spaceFolder(space, folders)), space }));
};

/** Keys are letters and digits; those of personal spaces begin with a tilde. A folder that is there keeps its name. */
const spaceFolder = (key: string, folders: readonly string[]): string => {
  if (!/^~?[\w.-]+$/.test(key) || /^\.+$/.test(key))
    throw new UsageError(`"${key}" is no key of a space.`, {
      hint: 'A key stands in the address of its space, after /spaces/.',
    });
  return folders.find((folder) => folder.toLowerCase() === key.toLowerCase()) ?? key;
};

/** Timers reach no further. */
const MAX_SECONDS = 2_147_483;

const inMs = (flag: string, seconds: number, min: number): number => {
  if (seconds >= min && seconds <= MAX_SECONDS) return Math.round(seconds * 1000);
  throw new OptionsError(flag, seconds, `be a number of seconds from ${min} to ${MAX_SECONDS}`);
};

const optionsFrom = (
  flags: PullFlags,
  connection: Connection,
  target: { dir: string; space?: string },
): PullOptions => ({
  ...connection,
  ...target,
  ...(flags.ancestor !== undefined && { ancestor: flags.ancestor }),
  ...(flags.label !== undefined && { label: flags.label }),
  ...(flags.cql !== undefined && { cql: flags.cql }),
  ...(flags.maxDelete !== undefined && { maxDelete: flags.maxDelete }),
  ...(flags.concurrency !== undefined && { concurrency: flags.concurrency }),
  ...(flags.maxConcurrency !== undefined && { maxConcurrency: flags.maxConcurrency }),
  ...(flags.mediaHost !== undefined && { mediaHosts: flags.mediaHost }),
  full: flags.full,
  checkDeletions: flags.checkDeletions,
  format: flags.format,
  flavor: flags.flavor,
  attachments: flags.attachments,
  comments: flags.comments,
  labels: flags.labels,
  attachmentConcurrency: flags.attachmentConcurrency,
  maxRetries: flags.maxRetries,
  timeoutMs: inMs('timeout', flags.timeout, 0.001),
  maxWaitMs: inMs('maxWait', flags.maxWait, 0),
  quotaReserve: flags.quotaReserve,
  dryRun: flags.dryRun,
  force: flags.force,
  allowHttp: flags.allowHttp,
});

interface Wiki {
  readonly connection: Connection;
  readonly close: () => Promise<void>;
}

const openWiki = async (flags: PullFlags, { env }: Cli): Promise<Wiki> => {
  if (flags.sandbox === undefined)
    return { connection: await connectionFrom(flags, env), close: () => Promise.resolve() };
  const { createSandbox, parseSandboxSpec } = await import('../../sandbox/index.js');
  const sandbox = await createSandbox({ siteUrl: SANDBOX_SITE, ...parseSandboxSpec(flags.sandbox) });
  const { email, token } = sandbox.credentials;
  return {
    connection: { url: sandbox.url, credentials: { email, apiToken: token } },
    close: () => sandbox.close(),
  };
};

/** The exit code of several runs: that of the first that failed, else that of one that left items behind. */
const graver = (before: number, now: number): number =>
  before === EXIT.complete || (before === EXIT.partial && now !== EXIT.complete) ? now : before;

/** Ends of a run after which the next space would fare no better. */
const ENDS_ALL: ReadonlySet<number> = new Set([
  EXIT.credentials,
  EXIT.rateLimited,
  EXIT.sigint,
  EXIT.sigterm,
]);

/** Pulls each of the spaces, one after another, until one ends it for all. */
export const pullAll = async (flags: PullFlags, cli: Cli): Promise<void> => {
  const wiki = await openWiki(flags, cli);
  const signals = stopSignals();
  try {
    for (const target of await targets(flags, wiki.connection.url)) {
      const exitCode = await runPull(optionsFrom(flags, wiki.connection, target), flags, signals, cli);
      cli.setExitCode(graver(cli.exitCode(), exitCode));
      if (ENDS_ALL.has(exitCode) || signals.isStopping()) break;
    }
  } finally {
    signals.dispose();
    await wiki.close();
  }
};
