import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import { checkFlags } from '../check-flags.js';
import type { Cli } from '../cli.js';
import type { Settings } from '../settings/settings.js';
import { PULL_FLAGS } from './pull-flags.js';

/** The flags of `rxsync status`. */
export const STATUS_FLAGS = {
  json: { type: 'boolean', default: false, describe: 'one object on stdout' },
  verbose: { type: 'boolean', alias: 'v', default: false, describe: 'stack traces' },
  color: PULL_FLAGS.color,
  config: PULL_FLAGS.config,
} as const satisfies Record<string, Options>;

export type StatusFlags = ArgumentsCamelCase<InferredOptionTypes<typeof STATUS_FLAGS> & { dir: string }>;

/** What the command is for. */
export const STATUS_SUMMARY = 'what is mirrored, last sync, open checkpoint, failed items (offline)';

export const addStatusCommand = <T>(yargs: Argv<T>, cli: Cli, settings: Settings) =>
  yargs.command(
    'status [dir]',
    STATUS_SUMMARY,
    (command) =>
      command
        .positional('dir', { type: 'string', default: '.', describe: 'folder of the mirror' })
        .options(STATUS_FLAGS)
        .check(checkFlags(STATUS_FLAGS))
        .config(settings.valuesFor(STATUS_FLAGS)),
    async (flags) => {
      const { showStatus } = await import('./show-status.js');
      await showStatus(flags, cli);
    },
  );
