import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import { checkFlags } from '../check-flags.js';
import type { Cli } from '../cli.js';
import type { Settings } from '../settings/settings.js';
import { PULL_FLAGS } from './pull-flags.js';

/** The flags that settings set, too: the spaces of a pull may be several. */
const SETTABLE = {
  json: { type: 'boolean', default: false, describe: 'one object on stdout' },
  url: PULL_FLAGS.url,
  email: PULL_FLAGS.email,
  'token-file': PULL_FLAGS['token-file'],
  'allow-http': PULL_FLAGS['allow-http'],
  'ca-file': PULL_FLAGS['ca-file'],
  'media-host': PULL_FLAGS['media-host'],
  color: PULL_FLAGS.color,
  config: PULL_FLAGS.config,
} as const satisfies Record<string, Options>;

/** The flags of `rxsync doctor`. */
export const DOCTOR_FLAGS = {
  space: {
    type: 'string',
    requiresArg: true,
    describe: 'key (or address) of the space [default: the one that dir mirrors]',
  },
  ...SETTABLE,
} as const satisfies Record<string, Options>;

export type DoctorFlags = ArgumentsCamelCase<InferredOptionTypes<typeof DOCTOR_FLAGS> & { dir: string }>;

const MORE = [
  'It changes nothing, reads at most the first 2,000 pages of the listing, and waits for no limit longer than a minute.',
  'Exit codes are those of pull: 0 when a pull would work, 3 when it would leave something behind, 12 for credentials, …',
].join('\n');

/** What the command is for. */
export const DOCTOR_SUMMARY = 'check address, credentials, scopes, space, files; say how to mend each';

/** Precedence of the connection's flags: command line, environment, config file. */
export const addDoctorCommand = <T>(yargs: Argv<T>, cli: Cli, settings: Settings) =>
  yargs.command(
    'doctor [dir]',
    DOCTOR_SUMMARY,
    (command) =>
      command
        .positional('dir', { type: 'string', default: '.', describe: 'folder of the mirror, or of several' })
        .options(DOCTOR_FLAGS)
        .check(checkFlags(DOCTOR_FLAGS))
        .example('$0 doctor --space DOCS', 'would a pull of DOCS work, and how long would it take?')
        .epilogue(MORE)
        .config(settings.valuesFor(SETTABLE)),
    async (flags) => {
      const { runDoctor } = await import('./run-doctor.js');
      await runDoctor(flags, cli);
    },
  );
