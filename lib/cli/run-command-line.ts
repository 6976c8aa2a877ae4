import path from 'node:path';
import yargs from 'yargs';
import { EXIT } from '../errors/rxsync-error.js';
import { version } from '../version.js';
import type { Cli, World } from './cli.js';
import { COMMON_FLAGS, type CommandLine, readCommandLine } from './command-line.js';
import { addDoctorCommand, DOCTOR_FLAGS } from './commands/doctor-command.js';
import { addPullCommand } from './commands/pull-command.js';
import { PULL_FLAGS } from './commands/pull-flags.js';
import { addSandboxCommand, SANDBOX_FLAGS } from './commands/sandbox-command.js';
import { addStatusCommand, STATUS_FLAGS } from './commands/status-command.js';
import { addVerifyCommand, VERIFY_FLAGS } from './commands/verify-command.js';
import { errorTellers, mannerIn } from './report-error.js';
import { configFileSettings } from './settings/config-file.js';
import { environmentSettings } from './settings/environment.js';
import type { Flags } from './settings/plain-booleans.js';
import { joinSettings, type Settings } from './settings/settings.js';
import { usageError, type Vocabulary } from './usage-message.js';

/** The flags of each command. */
const FLAGS: Readonly<Record<string, Flags>> = {
  pull: PULL_FLAGS,
  status: STATUS_FLAGS,
  verify: VERIFY_FLAGS,
  doctor: DOCTOR_FLAGS,
  sandbox: SANDBOX_FLAGS,
};

/** How errors are told. */
const MANNER = { json: PULL_FLAGS.json, verbose: PULL_FLAGS.verbose };

/** What the environment and a config file may set. `sandbox` takes no settings. */
const SETTABLE: Flags = { ...STATUS_FLAGS, ...VERIFY_FLAGS, ...PULL_FLAGS };

const settingsFor = (line: CommandLine, { env, cwd }: World): Settings => {
  if (line.isHelp || line.command === undefined || line.command === 'sandbox')
    return joinSettings([], line.given);
  const fromEnvironment = environmentSettings(env, SETTABLE);
  const inFile = Object.fromEntries(Object.entries(SETTABLE).filter(([flag]) => flag !== 'config'));
  const fromFile = configFileSettings(
    line.config ?? (env.RXSYNC_CONFIG === '' ? undefined : env.RXSYNC_CONFIG),
    [cwd, path.resolve(cwd, line.folder ?? '.')],
    inFile,
  );
  return joinSettings([...fromEnvironment, ...fromFile], line.given);
};

const vocabulary = ({ command = '' }: CommandLine): Vocabulary => ({
  commands: Object.keys(FLAGS),
  flags: [...Object.keys(FLAGS[command] ?? {}), ...Object.keys(COMMON_FLAGS)],
});

const run = async (line: CommandLine, settings: Settings, cli: Cli): Promise<void> => {
  const program = yargs([...line.args])
    .scriptName('rxsync')
    .usage('$0 <command>\n\nMirrors large Confluence Cloud spaces to local files.')
    .demandCommand(1, 'Name a command: pull, status, verify, doctor or sandbox.')
    .strict()
    .parserConfiguration({ 'greedy-arrays': false })
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
  const complete = addSandboxCommand(examining, cli);
  if (line.args.length > 0) {
    await complete.parseAsync();
    return;
  }
  cli.terminal.err(`${await complete.getHelp()}\n`);
  cli.setExitCode(EXIT.usage);
};

/** Runs a command line; sets the exit code and never throws. */
export const runCommandLine = async (argv: readonly string[], world: World): Promise<void> => {
  const { env, terminal } = world;
  const { nameOf } = joinSettings([], new Set());
  let errors = errorTellers(terminal, mannerIn(argv, env), nameOf);
  try {
    const line = readCommandLine(argv, FLAGS);
    const manner = mannerIn(line.args, env);
    errors = errorTellers(terminal, manner, nameOf);
    const settings = settingsFor(line, world);
    const { json = manner.json, verbose = manner.verbose } = settings.valuesFor(MANNER);
    errors = errorTellers(terminal, { json: json === true, verbose: verbose === true }, settings.nameOf);
    await run(line, settings, { ...world, errors });
  } catch (error) {
    world.setExitCode(errors.report(error));
  }
};
