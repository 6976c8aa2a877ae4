import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import { checkFlags } from '../check-flags.js';
import type { Cli } from '../cli.js';
import type { Settings } from '../settings/settings.js';
import { PULL_FLAGS } from './pull-flags.js';
import { STATUS_FLAGS } from './status-command.js';

/** The flags of `rxsync report`. */
export const REPORT_FLAGS = {
  runs: {
    type: 'number',
    requiresArg: true,
    default: 20,
    describe: 'how many of the last runs (at most 50 are kept)',
  },
  open: { type: 'boolean', default: false, describe: 'open it in the browser' },
  verbose: STATUS_FLAGS.verbose,
  color: PULL_FLAGS.color,
  config: PULL_FLAGS.config,
} as const satisfies Record<string, Options>;

export type ReportFlags = ArgumentsCamelCase<InferredOptionTypes<typeof REPORT_FLAGS> & { dir: string }>;

/** What the command is for. */
export const REPORT_SUMMARY = 'one self-contained HTML page of the last runs';

const MORE = [
  'It is written to .rxsync/report.html in the folder, and its path to stdout. The page loads nothing and runs nothing.',
  'Of a folder of several mirrors each gets its report, and the folder a page that leads to them.',
].join('\n');

/** Precedence of the flags: command line, environment, config file. */
export const addReportCommand = <T>(yargs: Argv<T>, cli: Cli, settings: Settings) =>
  yargs.command(
    'report [dir]',
    REPORT_SUMMARY,
    (command) =>
      command
        .positional('dir', { type: 'string', default: '.', describe: 'folder of the mirror' })
        .options(REPORT_FLAGS)
        .check(checkFlags(REPORT_FLAGS))
        .epilogue(MORE)
        .config(settings.valuesFor(REPORT_FLAGS)),
    async (flags) => {
      const { report } = await import('./report.js');
      await report(flags, cli);
    },
  );
