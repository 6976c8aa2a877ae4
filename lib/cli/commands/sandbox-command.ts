import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import { firstValueFrom, merge } from 'rxjs';
import type { Sandbox } from '../../sandbox/index.js';
import { SANDBOX_DEFAULTS } from '../../sandbox/sandbox-defaults.js';
import { checkFlags } from '../check-flags.js';
import type { Cli } from '../cli.js';
import { stopSignals } from '../stop-signals.js';

const PORT = 8090;

const count = <const D extends number>(fallback: D, describe: string) =>
  ({ type: 'number', default: fallback, requiresArg: true, describe }) as const;

/** The flags of `rxsync sandbox`. */
export const SANDBOX_FLAGS = {
  pages: {
    type: 'number',
    requiresArg: true,
    describe: `current pages [default: ${SANDBOX_DEFAULTS.pages}; with --corpus one for each file]`,
  },
  folders: count(SANDBOX_DEFAULTS.folders, 'folders'),
  attachments: count(SANDBOX_DEFAULTS.attachments, 'attachments'),
  comments: count(SANDBOX_DEFAULTS.comments, 'comments: footer, inline and replies'),
  blogposts: count(SANDBOX_DEFAULTS.blogposts, 'blog posts'),
  'body-kb': count(SANDBOX_DEFAULTS.bodyKb, 'size of a page body, KiB'),
  'latency-ms': count(SANDBOX_DEFAULTS.latencyMs, 'time before an answer'),
  'index-lag-ms': count(SANDBOX_DEFAULTS.indexLagMs, 'how long search does not know of a change'),
  rps: { type: 'number', requiresArg: true, describe: 'requests a second before 429 [default: no limit]' },
  'points-quota': {
    type: 'number',
    requiresArg: true,
    describe: 'points an hour before 429 [default: no quota]',
  },
  port: count(PORT, 'port on 127.0.0.1; 0 for any free one'),
  seed: count(SANDBOX_DEFAULTS.seed, 'same seed, same wiki'),
  corpus: { type: 'string', requiresArg: true, describe: 'folder whose .xhtml files become the page bodies' },
  nasty: { type: 'boolean', default: false, describe: 'hostile titles and file names' },
  faults: {
    type: 'string',
    requiresArg: true,
    describe: 'faults to commit, such as 500:bodies@3,429:listing@10%',
  },
  wild: {
    type: 'string',
    describe: 'show how real wikis misbehave: names such as bulk-cap=50,short-pages [all that do no harm]',
  },
} as const satisfies Record<string, Options>;

type SandboxFlags = ArgumentsCamelCase<InferredOptionTypes<typeof SANDBOX_FLAGS>>;

const start = async (flags: SandboxFlags): Promise<Sandbox> => {
  const { createSandbox } = await import('../../sandbox/index.js');
  return createSandbox({
    folders: flags.folders,
    attachments: flags.attachments,
    comments: flags.comments,
    blogposts: flags.blogposts,
    bodyKb: flags.bodyKb,
    latencyMs: flags.latencyMs,
    indexLagMs: flags.indexLagMs,
    port: flags.port,
    seed: flags.seed,
    nasty: flags.nasty,
    ...(flags.pages !== undefined && { pages: flags.pages }),
    ...(flags.rps !== undefined && { rps: flags.rps }),
    ...(flags.pointsQuota !== undefined && { pointsQuota: flags.pointsQuota }),
    ...(flags.corpus !== undefined && { corpus: flags.corpus }),
    ...(flags.faults !== undefined && { faults: flags.faults }),
    ...(flags.wild !== undefined && { wild: flags.wild === '' ? 'all' : flags.wild }),
  });
};

const welcome = ({ url, gatewayUrl, credentials }: Sandbox): string =>
  [
    `The sandbox wiki listens on ${url} (Ctrl-C stops it). In another terminal:`,
    '',
    `  export CONFLUENCE_URL=${url}`,
    `  export CONFLUENCE_EMAIL=${credentials.email}`,
    `  export CONFLUENCE_API_TOKEN=${credentials.token}`,
    '  rxsync pull mirror --space LARGE --comments',
    '',
    `OAuth: CONFLUENCE_URL=${gatewayUrl} CONFLUENCE_BEARER_TOKEN=${credentials.bearer}`,
    `Change the wiki while it runs: curl ${url}/_sandbox lists how.`,
    '',
  ].join('\n');

const serve = async (flags: SandboxFlags, { terminal }: Cli): Promise<void> => {
  const signals = stopSignals();
  const stopped = firstValueFrom(merge(signals.stop$, signals.abort$));
  const sandbox = await start(flags);
  terminal.err(welcome(sandbox));
  await stopped;
  await sandbox.close();
  signals.dispose();
};

export const addSandboxCommand = <T>(yargs: Argv<T>, cli: Cli) =>
  yargs.command(
    'sandbox',
    'serve an embedded Confluence-compatible wiki on 127.0.0.1',
    (command) =>
      command
        .options(SANDBOX_FLAGS)
        .check(checkFlags(SANDBOX_FLAGS))
        .example('$0 sandbox --pages 200 --rps 20', 'a small wiki that limits requests')
        .epilogue('It prints how to reach it, and how to change it while it runs.'),
    (flags) => serve(flags, cli),
  );
