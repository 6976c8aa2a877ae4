import type { Argv } from 'yargs';
import { firstValueFrom, merge } from 'rxjs';
import type { Sandbox } from '../../sandbox/index.js';
import { SANDBOX_DEFAULTS } from '../../sandbox/options.js';
import type { Cli } from '../cli.js';
import { stopSignals } from '../stop-signals.js';

const PORT = 8090;

const sandboxFlags = <T>(yargs: Argv<T>) =>
  yargs
    .option('pages', {
      type: 'number',
      describe: `current pages [default: ${SANDBOX_DEFAULTS.pages}; with --corpus one for each file]`,
    })
    .option('folders', { type: 'number', default: SANDBOX_DEFAULTS.folders, describe: 'folders' })
    .option('attachments', { type: 'number', default: SANDBOX_DEFAULTS.attachments, describe: 'attachments' })
    .option('comments', {
      type: 'number',
      default: SANDBOX_DEFAULTS.comments,
      describe: 'comments: footer, inline and replies',
    })
    .option('blogposts', { type: 'number', default: SANDBOX_DEFAULTS.blogposts, describe: 'blog posts' })
    .option('body-kb', {
      type: 'number',
      default: SANDBOX_DEFAULTS.bodyKb,
      describe: 'size of a page body, KiB',
    })
    .option('latency-ms', {
      type: 'number',
      default: SANDBOX_DEFAULTS.latencyMs,
      describe: 'time before an answer',
    })
    .option('rps', { type: 'number', describe: 'requests a second before 429 [default: no limit]' })
    .option('points-quota', { type: 'number', describe: 'points an hour before 429 [default: no quota]' })
    .option('port', { type: 'number', default: PORT, describe: 'port on 127.0.0.1; 0 for any free one' })
    .option('seed', { type: 'number', default: SANDBOX_DEFAULTS.seed, describe: 'same seed, same wiki' })
    .option('corpus', { type: 'string', describe: 'folder whose .xhtml files become the page bodies' })
    .option('nasty', { type: 'boolean', default: false, describe: 'hostile titles and file names' })
    .option('faults', { type: 'string', describe: 'faults to commit, such as 500:bodies@3,429:listing@10%' });

type SandboxFlags = Awaited<ReturnType<typeof sandboxFlags>['argv']>;

const start = async (flags: SandboxFlags): Promise<Sandbox> => {
  const { createSandbox } = await import('../../sandbox/index.js');
  return createSandbox({
    folders: flags.folders,
    attachments: flags.attachments,
    comments: flags.comments,
    blogposts: flags.blogposts,
    bodyKb: flags.bodyKb,
    latencyMs: flags.latencyMs,
    port: flags.port,
    seed: flags.seed,
    nasty: flags.nasty,
    ...(flags.pages !== undefined && { pages: flags.pages }),
    ...(flags.rps !== undefined && { rps: flags.rps }),
    ...(flags.pointsQuota !== undefined && { pointsQuota: flags.pointsQuota }),
    ...(flags.corpus !== undefined && { corpus: flags.corpus }),
    ...(flags.faults !== undefined && { faults: flags.faults }),
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
    (command) => sandboxFlags(command),
    (flags) => serve(flags, cli),
  );
