import path from 'node:path';
import yargs from 'yargs';
import { OutputError } from '../errors/output-error.js';
import { EXIT } from '../errors/rxsync-error.js';
import { version } from '../version.js';
import type { Cli, World } from './cli.js';
import { COMMON_FLAGS, type CommandLine, PARSING, readCommandLine } from './command-line.js';
import { COMMANDS } from './commands/commands.js';
import { addCompletionCommand } from './commands/completion-command.js';
import { addDoctorCommand } from './commands/doctor-command.js';
import { addDocumentsCommand, DOCUMENTS_FLAGS } from './commands/documents-command.js';
import { addFleetCommand } from './commands/fleet-command.js';
import { addPullCommand } from './commands/pull-command.js';
import { PULL_FLAGS } from './commands/pull-flags.js';
import { addReportCommand, REPORT_FLAGS } from './commands/report-command.js';
import { addSandboxCommand } from './commands/sandbox-command.js';
import { addStatusCommand, STATUS_FLAGS } from './commands/status-command.js';
import { addVerifyCommand, VERIFY_FLAGS } from './commands/verify-command.js';
import { fitErr } from './fit.js';
import { liveTerminal } from './render/live-terminal.js';
import { styleFor } from './render/style.js';
import { type ErrorTellers, errorTellers, type Manner, mannerIn } from './report-error.js';
import { configFileSettings } from './settings/config-file.js';
import { addressSetting, environmentSettings } from './settings/environment.js';
import type { Flags } from './settings/plain-booleans.js';
import { joinSettings, type Settings } from './settings/settings.js';
import { isReaderGone } from './is-reader-gone.js';
import { usageError, type Vocabulary } from './usage-message.js';

/** The flags of each command. */
const FLAGS: Readonly<Record<string, Flags>> = Object.fromEntries(
  Object.entries(COMMANDS).map(([name, { flags }]) => [name, flags]),
);

/** The commands that no settings concern. */
const WITHOUT_SETTINGS: ReadonlySet<string> = new Set(['sandbox', 'fleet', 'completion']);

/** How errors are told. */
const MANNER = { json: PULL_FLAGS.json, verbose: PULL_FLAGS.verbose, color: PULL_FLAGS.color };

/** What the environment and a config file may set. */
const SETTABLE: Flags = {
  ...STATUS_FLAGS,
  ...VERIFY_FLAGS,
  ...REPORT_FLAGS,
  ...DOCUMENTS_FLAGS,
  ...PULL_FLAGS,
};

const settingsFor = async (line: CommandLine, { env, cwd }: World): Promise<Settings> => {
  if (line.isHelp || line.command === undefined || WITHOUT_SETTINGS.has(line.command))
    return joinSettings([], line.given);
  const fromEnvironment = environmentSettings(env, SETTABLE);
  const inFile = Object.fromEntries(Object.entries(SETTABLE).filter(([flag]) => flag !== 'config'));
  const fromFile = await configFileSettings(
    line.config ?? (env.RXSYNC_CONFIG === '' ? undefined : env.RXSYNC_CONFIG),
    [cwd, path.resolve(cwd, line.folder ?? '.')],
    inFile,
  );
  return joinSettings([...fromEnvironment, ...fromFile, ...addressSetting(env)], line.given);
};

const vocabulary = ({ command = '' }: CommandLine): Vocabulary => ({
  commands: Object.keys(FLAGS),
  flags: [...Object.keys(FLAGS[command] ?? {}), ...Object.keys(COMMON_FLAGS)],
});

const run = async (line: CommandLine, settings: Settings, cli: Cli): Promise<void> => {
  const program = yargs([...line.args])
    .scriptName('rxsync')
    .locale('en')
    .usage('$0 <command>\n\nMirrors large Confluence Cloud spaces to local files.')
    .demandCommand(1, `Name a command: ${Object.keys(COMMANDS).join(', ')}.`)
    .strict()
    .exitProcess(false)
    .parserConfiguration(PARSING)
    .version(version())
    .alias('V', 'version')
    .help()
    .alias('h', 'help')
    .wrap(Math.min(110, process.stdout.columns))
    .fail((message: string | null, error: Error | undefined) => {
      if (error !== undefined && error.name !== 'YError') throw error;
      throw usageError(message ?? error?.message ?? '', line.args, vocabulary(line));
    });
  const mirroring = addStatusCommand(addPullCommand(program, cli, settings), cli, settings);
  const examining = addDoctorCommand(addVerifyCommand(mirroring, cli, settings), cli, settings);
  const reporting = addReportCommand(examining, cli, settings);
  const reading = addDocumentsCommand(reporting, cli, settings);
  const serving = addFleetCommand(addSandboxCommand(reading, cli), cli);
  const complete = addCompletionCommand(serving, cli, COMMANDS);
  if (line.args.length > 0) {
    await complete.parseAsync();
    return;
  }
  cli.terminal.err(`${await complete.getHelp()}\n`);
  cli.setExitCode(EXIT.usage);
};

/** Codes of a command that has done its work. */
const DONE: ReadonlySet<number> = new Set([EXIT.complete, EXIT.partial]);

/** Output that nobody has taken is a failure; a reader that went away knows so. */
const closeOutput = async (
  { outFailure, exitCode, setExitCode }: World,
  { tell }: ErrorTellers,
): Promise<void> => {
  const failure = await outFailure();
  if (failure === undefined) return;
  const isGone = isReaderGone(failure);
  if (!isGone) tell(new OutputError(failure));
  if (DONE.has(exitCode())) setExitCode(isGone ? EXIT.readerGone : EXIT.failed);
};

/** Runs a command line; sets the exit code and never throws. */
export const runCommandLine = async (argv: readonly string[], world: World): Promise<void> => {
  const { env } = world;
  const terminal = liveTerminal(world.terminal);
  const { nameOf } = joinSettings([], new Set());
  const tellersIn = (manner: Manner, names = nameOf): ErrorTellers =>
    errorTellers(
      { out: terminal.out, err: (text) => terminal.err(fitErr(text, terminal)) },
      manner,
      names,
      styleFor({ isTty: terminal.isErrTty, color: manner.color, env }),
    );
  let errors = tellersIn(mannerIn(argv, env));
  try {
    const line = readCommandLine(argv, FLAGS);
    const manner = mannerIn(line.args, env);
    errors = tellersIn(manner);
    const settings = await settingsFor(line, world);
    const { json = manner.json, verbose = manner.verbose, color } = settings.valuesFor(MANNER);
    errors = tellersIn(
      {
        json: json === true,
        verbose: verbose === true,
        color: manner.color ?? (typeof color === 'boolean' ? color : undefined),
      },
      settings.nameOf,
    );
    await run(line, settings, { ...world, terminal, errors });
  } catch (error) {
    world.setExitCode(errors.report(error));
  }
  await closeOutput(world, errors);
};
