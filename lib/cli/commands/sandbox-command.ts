import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import { SANDBOX_DEFAULTS } from '../../sandbox/sandbox-defaults.js';
import { checkFlags } from '../check-flags.js';
import type { Cli } from '../cli.js';

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
  spaces: count(SANDBOX_DEFAULTS.spaces, 'small spaces of five pages beside the large one'),
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

export type SandboxFlags = ArgumentsCamelCase<InferredOptionTypes<typeof SANDBOX_FLAGS>>;

/** What the command is for. */
export const SANDBOX_SUMMARY = 'serve an embedded Confluence-compatible wiki on 127.0.0.1';

export const addSandboxCommand = <T>(yargs: Argv<T>, cli: Cli) =>
  yargs.command(
    'sandbox',
    SANDBOX_SUMMARY,
    (command) =>
      command
        .options(SANDBOX_FLAGS)
        .check(checkFlags(SANDBOX_FLAGS))
        .example('$0 sandbox --pages 200 --rps 20', 'a small wiki that limits requests')
        .epilogue('It prints how to reach it, and how to change it while it runs.'),
    async (flags) => {
      const { serveSandbox } = await import('./serve-sandbox.js');
      await serveSandbox(flags, cli);
    },
  );
