import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import { checkFlags } from '../check-flags.js';
import type { Cli } from '../cli.js';
import type { Settings } from '../settings/settings.js';
import { PULL_FLAGS } from './pull-flags.js';

/** The flags of `rxsync verify`. */
export const VERIFY_FLAGS = {
  remote: {
    type: 'boolean',
    default: false,
    describe: 'compare with the wiki, too: a listing without bodies',
  },
  json: { type: 'boolean', default: false, describe: 'one object on stdout' },
  verbose: { type: 'boolean', alias: 'v', default: false, describe: 'stack traces' },
  url: PULL_FLAGS.url,
  email: PULL_FLAGS.email,
  'token-file': PULL_FLAGS['token-file'],
  'allow-http': PULL_FLAGS['allow-http'],
  'ca-file': PULL_FLAGS['ca-file'],
  sandbox: PULL_FLAGS.sandbox,
  color: PULL_FLAGS.color,
  config: PULL_FLAGS.config,
} as const satisfies Record<string, Options>;

export type VerifyFlags = ArgumentsCamelCase<InferredOptionTypes<typeof VERIFY_FLAGS> & { dir: string }>;

/** What the command is for. */
export const VERIFY_SUMMARY =
  'every recorded file is there and unchanged (offline); --remote also compares with the wiki';

/** Precedence of the flags: command line, environment, config file. */
export const addVerifyCommand = <T>(yargs: Argv<T>, cli: Cli, settings: Settings) =>
  yargs.command(
    'verify [dir]',
    VERIFY_SUMMARY,
    (command) =>
      command
        .positional('dir', { type: 'string', default: '.', describe: 'folder of the mirror' })
        .options(VERIFY_FLAGS)
        .check(checkFlags(VERIFY_FLAGS))
        .config(settings.valuesFor(VERIFY_FLAGS)),
    async (flags) => {
      const { verify } = await import('./verify.js');
      await verify(flags, cli);
    },
  );
