import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import { UsageError } from '../../errors/usage-error.js';
import { checkFlags } from '../check-flags.js';
import type { Cli } from '../cli.js';

const SERVER = {
  address: {
    type: 'string',
    requiresArg: true,
    describe: 'host:port of Temporal [default: TEMPORAL_ADDRESS, else 127.0.0.1:7233]',
  },
  namespace: {
    type: 'string',
    requiresArg: true,
    describe: 'namespace of the fleet: each has its own [default: TEMPORAL_NAMESPACE, else default]',
  },
  verbose: { type: 'boolean', alias: 'v', default: false, describe: 'stack traces' },
} as const satisfies Record<string, Options>;

const WORKER = {
  ...SERVER,
  mirrors: {
    type: 'string',
    requiresArg: true,
    default: '.',
    describe: 'worker: folder of the mirrors, TENANT/KEY in it',
  },
  tenants: {
    type: 'number',
    requiresArg: true,
    default: 4,
    describe: 'worker: how many tenants it pulls at once',
  },
  name: {
    type: 'string',
    requiresArg: true,
    describe: 'worker: its mirrors are on a disk of its own, for the tenants that name it',
  },
} as const satisfies Record<string, Options>;

const APPLY = {
  ...SERVER,
  'dry-run': {
    type: 'boolean',
    alias: 'n',
    default: false,
    describe: 'apply: tell what differs, change nothing',
  },
} as const satisfies Record<string, Options>;

const STATUS = {
  ...SERVER,
  json: { type: 'boolean', default: false, describe: 'status: one object on stdout' },
} as const satisfies Record<string, Options>;

const PULL = {
  ...SERVER,
  space: {
    type: 'string',
    requiresArg: true,
    describe: 'pull: key of one space [default: all of the tenant]',
  },
} as const satisfies Record<string, Options>;

/** The flags of all that `rxsync fleet` does. */
export const FLEET_FLAGS = { ...WORKER, ...APPLY, ...STATUS, ...PULL } as const satisfies Record<
  string,
  Options
>;

type Given<F extends Record<string, Options>, P = object> = ArgumentsCamelCase<InferredOptionTypes<F> & P>;

export type FleetServerFlags = Given<typeof SERVER>;
export type FleetWorkerFlags = Given<typeof WORKER>;
export type FleetApplyFlags = Given<typeof APPLY, { file: string }>;
export type FleetStatusFlags = Given<typeof STATUS>;
export type FleetPullFlags = Given<typeof PULL, { tenant: string }>;
export type FleetStopFlags = Given<typeof SERVER, { tenant: string }>;

/** What it can be asked to do. */
export const FLEET_WORDS = ['worker', 'apply', 'status', 'pull', 'stop'] as const;

/** What the command is for. */
export const FLEET_SUMMARY = 'many tenants and thousands of spaces, on Temporal';

const MORE = [
  'It needs a Temporal server and the packages of Temporal: docs/fleet.md.',
  'TEMPORAL_API_KEY, or TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH, open a server that wants them.',
].join('\n');

const PACKAGES = ['activity', 'client', 'worker', 'workflow'].map((name) => `@temporalio/${name}`);

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'ERR_MODULE_NOT_FOUND' &&
  error.message.includes('@temporalio/');

/** @throws UsageError where the packages of Temporal are not there */
const withPackages = async <T>(load: () => Promise<T>): Promise<T> => {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new UsageError(
      `rxsync fleet needs the packages of Temporal, which are not installed beside it: npm install ${PACKAGES.join(' ')}`,
    );
  }
};

const loadAsking = () => withPackages(() => import('./run-fleet.js'));
const loadWorker = () => withPackages(() => import('./run-fleet-worker.js'));

const TENANT = { type: 'string', demandOption: true, describe: 'its name in the fleet file' } as const;

const addActions = (yargs: Argv, cli: Cli): Argv =>
  yargs
    .command(
      'worker',
      'pull for the fleet, until it is stopped; start as many as wanted',
      (command) => command.options(WORKER).check(checkFlags(WORKER)),
      async (flags) => (await loadWorker()).runFleetWorker(flags, cli),
    )
    .command(
      'apply <file>',
      'let the engine match the fleet file',
      (command) =>
        command
          .positional('file', { type: 'string', demandOption: true, describe: 'fleet.yaml' })
          .options(APPLY)
          .check(checkFlags(APPLY)),
      async (flags) => (await loadAsking()).applyFleet(flags, cli),
    )
    .command(
      'status',
      'a line a tenant: spaces fresh, running, failed, next run, points left',
      (command) => command.options(STATUS).check(checkFlags(STATUS)),
      async (flags) => (await loadAsking()).showFleet(flags, cli),
    )
    .command(
      'pull <tenant>',
      'pull a tenant now; a paused one goes on',
      (command) => command.positional('tenant', TENANT).options(PULL).check(checkFlags(PULL)),
      async (flags) => (await loadAsking()).pullTenant(flags, cli),
    )
    .command(
      'stop <tenant>',
      'stop a tenant with a checkpoint; it is paused until apply or pull',
      (command) => command.positional('tenant', TENANT).options(SERVER).check(checkFlags(SERVER)),
      async (flags) => (await loadAsking()).stopTenant(flags, cli),
    )
    .demandCommand(1, `Name what the fleet shall do: ${FLEET_WORDS.join(', ')}.`);

export const addFleetCommand = <T>(yargs: Argv<T>, cli: Cli) =>
  yargs.command(
    'fleet',
    FLEET_SUMMARY,
    (command) => addActions(command, cli).epilogue(MORE),
    () => undefined,
  );
