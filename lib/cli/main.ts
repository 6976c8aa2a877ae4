import yargs from 'yargs';
import { EXIT } from '../errors/rxsync-error.js';
import { version } from '../version.js';
import type { Cli } from './cli.js';
import { addDoctorCommand, DOCTOR_FLAGS } from './commands/doctor-command.js';
import { addPullCommand } from './commands/pull-command.js';
import { PULL_FLAGS } from './commands/pull-flags.js';
import { addSandboxCommand, SANDBOX_FLAGS } from './commands/sandbox-command.js';
import { addStatusCommand, STATUS_FLAGS } from './commands/status-command.js';
import { addVerifyCommand, VERIFY_FLAGS } from './commands/verify-command.js';
import { describeError, exitCodeOf } from './print-error.js';
import { usageError, type Vocabulary } from './usage-message.js';

const processCli = (): Cli => ({
  env: process.env,
  cwd: process.cwd(),
  terminal: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isErrTty: process.stderr.isTTY,
    columns: () => (process.stderr.isTTY ? process.stderr.columns : 80),
  },
  exitCode: () => Number(process.exitCode ?? EXIT.complete),
  setExitCode: (code) => {
    process.exitCode = code;
  },
});

/** Without a value `--sandbox` stands alone; it must not take the folder after it for one. */
const tidy = (args: readonly string[]): string[] =>
  args.map((arg) =>
    arg === '--sandbox' ? '--sandbox=' : arg === '--no-attachments' ? '--attachments=none' : arg,
  );

const configArgument = (args: readonly string[]): string | undefined => {
  const at = args.findIndex((arg) => arg === '--config' || arg.startsWith('--config='));
  return at < 0
    ? undefined
    : args[at]?.startsWith('--config=')
      ? args[at].slice('--config='.length)
      : args[at + 1];
};

/** The flags of each command. */
const FLAGS: Readonly<Record<string, object>> = {
  pull: PULL_FLAGS,
  status: STATUS_FLAGS,
  verify: VERIFY_FLAGS,
  doctor: DOCTOR_FLAGS,
  sandbox: SANDBOX_FLAGS,
};

const vocabulary = ([command = '']: readonly string[]): Vocabulary => ({
  commands: Object.keys(FLAGS),
  flags: [...Object.keys(FLAGS[command] ?? {}), 'help', 'version'],
});

const parse = async (args: readonly string[], cli: Cli): Promise<void> => {
  const program = yargs([...args])
    .scriptName('rxsync')
    .usage('$0 <command>\n\nMirrors large Confluence Cloud spaces to local files.')
    .demandCommand(1, 'Name a command: pull, status, verify, doctor or sandbox.')
    .strict()
    .parserConfiguration({ 'greedy-arrays': false })
    .version(version())
    .help()
    .wrap(Math.min(110, process.stdout.columns))
    .fail((message: string | null, error: Error | undefined) => {
      if (error !== undefined && error.name !== 'YError') throw error;
      throw usageError(message ?? error?.message ?? '', args, vocabulary(args));
    });
  const configFile = configArgument(args) ?? cli.env.RXSYNC_CONFIG;
  const mirroring = addStatusCommand(addPullCommand(program, cli, configFile), cli);
  const complete = addSandboxCommand(
    addDoctorCommand(addVerifyCommand(mirroring, cli, configFile), cli, configFile),
    cli,
  );
  if (args.length > 0) {
    await complete.parseAsync();
    return;
  }
  cli.terminal.err(`${await complete.getHelp()}\n`);
  cli.setExitCode(EXIT.usage);
};

/** Runs the command line; sets the exit code of the process and never throws. */
export const main = async (argv: readonly string[]): Promise<void> => {
  const cli = processCli();
  const args = tidy(argv);
  try {
    await parse(args, cli);
  } catch (error) {
    cli.terminal.err(`${describeError(error, args.includes('--verbose'))}\n`);
    cli.setExitCode(exitCodeOf(error));
  }
};
