import { lastValueFrom } from 'rxjs';
import type { Argv } from 'yargs';
import { EXIT } from '../../errors/rxsync-error.js';
import { compareRemote$ } from '../../pull/compare-remote.js';
import { verifyMirror } from '../../store/verify-mirror.js';
import { checkFlags } from '../check-flags.js';
import type { Cli } from '../cli.js';
import { readConfig } from '../config-file.js';
import { connectionFrom } from '../connection.js';
import { differenceCount, isUncertain, type VerifyResult, verifyText } from '../render/verify-text.js';
import { flagsFromEnvironment, PULL_FLAGS } from './pull-flags.js';

/** The flags of `rxsync verify`. */
export const VERIFY_FLAGS = {
  remote: {
    type: 'boolean',
    default: false,
    describe: 'compare with the wiki, too: a listing without bodies',
  },
  json: { type: 'boolean', default: false, describe: 'one object on stdout' },
  url: PULL_FLAGS.url,
  email: PULL_FLAGS.email,
  'token-file': PULL_FLAGS['token-file'],
  'allow-http': PULL_FLAGS['allow-http'],
  'ca-file': PULL_FLAGS['ca-file'],
  config: PULL_FLAGS.config,
} as const;

/** Of the flags that the environment and the config file set, those that concern the connection. */
const CONNECTION = ['url', 'email', 'token-file', 'allow-http', 'ca-file'];
const connectionFlags = (flags: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(flags).filter(([name]) => CONNECTION.includes(name)));

interface VerifyFlags {
  readonly dir: string;
  readonly remote: boolean;
  readonly json: boolean;
  readonly url?: string | undefined;
  readonly email?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly caFile?: string | undefined;
  readonly allowHttp: boolean;
}

const verify = async (flags: VerifyFlags, { env }: Cli): Promise<VerifyResult> => {
  const { dir, allowHttp } = flags;
  const local = await verifyMirror(dir, Date.now);
  if (!flags.remote) return local;
  const connection = await connectionFrom(flags, env);
  return { ...local, remote: await lastValueFrom(compareRemote$({ dir, allowHttp, ...connection })) };
};

const show = async (flags: VerifyFlags, cli: Cli): Promise<void> => {
  const result = await verify(flags, cli);
  cli.terminal.out(`${flags.json ? JSON.stringify(result) : verifyText(result)}\n`);
  if (differenceCount(result) > 0 || isUncertain(result)) cli.setExitCode(EXIT.partial);
};

/** Precedence of the connection's flags: command line, environment, config file. */
export const addVerifyCommand = <T>(yargs: Argv<T>, cli: Cli, configFile: string | undefined) =>
  yargs.command(
    'verify [dir]',
    'every recorded file is there and unchanged (offline); --remote also compares with the wiki',
    (command) =>
      command
        .positional('dir', { type: 'string', default: '.', describe: 'folder of the mirror' })
        .options(VERIFY_FLAGS)
        .check(checkFlags(VERIFY_FLAGS))
        .config(
          connectionFlags({
            ...readConfig(configFile, cli.cwd, Object.keys(PULL_FLAGS)),
            ...flagsFromEnvironment(cli.env),
          }),
        ),
    (flags) => show(flags, cli),
  );
