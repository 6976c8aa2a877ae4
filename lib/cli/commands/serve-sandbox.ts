import { firstValueFrom, merge } from 'rxjs';
import { createSandbox, type Sandbox } from '../../sandbox/index.js';
import type { Cli } from '../cli.js';
import { stopSignals } from '../stop-signals.js';
import type { SandboxFlags } from './sandbox-command.js';

const start = (flags: SandboxFlags): Promise<Sandbox> =>
  createSandbox({
    folders: flags.folders,
    attachments: flags.attachments,
    comments: flags.comments,
    blogposts: flags.blogposts,
    spaces: flags.spaces,
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

const welcome = ({ url, gatewayUrl, credentials, bearerToken }: Sandbox): string =>
  [
    `The sandbox wiki listens on ${url} (Ctrl-C stops it). In another terminal:`,
    '',
    `  export CONFLUENCE_URL=${url}`,
    `  export CONFLUENCE_EMAIL=${credentials.email}`,
    `  export CONFLUENCE_API_TOKEN=${credentials.apiToken}`,
    '  rxsync pull mirror --space LARGE --comments',
    '',
    `OAuth: CONFLUENCE_URL=${gatewayUrl} CONFLUENCE_BEARER_TOKEN=${bearerToken}`,
    `Change the wiki while it runs: curl ${url}/_sandbox lists how.`,
    '',
  ].join('\n');

/** Serves the wiki until a signal comes. */
export const serveSandbox = async (flags: SandboxFlags, { terminal }: Cli): Promise<void> => {
  const signals = stopSignals();
  const stopped = firstValueFrom(merge(signals.stop$, signals.abort$));
  const sandbox = await start(flags);
  terminal.err(welcome(sandbox));
  await stopped;
  await sandbox.close();
  signals.dispose();
};
