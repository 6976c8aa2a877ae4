import { jsonLine } from '../../core/json-line.js';
import { printable } from '../../core/printable.js';
import { UsageError } from '../../errors/usage-error.js';
import { applyChange, knownOf } from '../../fleet/apply.js';
import type { Definition } from '../../fleet/definition.js';
import { changeLine, difference } from '../../fleet/difference.js';
import { type Engine, type EngineTenant, openEngine } from '../../fleet/engine.js';
import { parseFleetFile } from '../../fleet/fleet-file.js';
import { tenantStatus } from '../../fleet/fleet-status.js';
import { readText } from '../../fleet/read-text.js';
import { serverOf } from '../../fleet/server.js';
import type { Cli } from '../cli.js';
import { fleetText } from '../render/fleet-text.js';
import type {
  FleetApplyFlags,
  FleetPullFlags,
  FleetServerFlags,
  FleetStatusFlags,
  FleetStopFlags,
} from './fleet-command.js';

const withEngine = async <T>(
  flags: FleetServerFlags,
  { env }: Cli,
  use: (engine: Engine) => Promise<T>,
): Promise<T> => {
  const engine = await openEngine(serverOf(flags, env), env);
  try {
    return await use(engine);
  } finally {
    await engine.close();
  }
};

/** Lets the engine match the file, or tells what differs. */
export const applyFleet = async (flags: FleetApplyFlags, cli: Cli): Promise<void> => {
  const { out, err } = cli.terminal;
  const wanted = parseFleetFile(flags.file, await readText(flags.file, 'fleet file'));
  await withEngine(flags, cli, async (engine) => {
    const changes = difference(wanted, knownOf(await engine.tenants()));
    for (const change of changes) {
      if (!flags.dryRun) await applyChange(engine, change);
      out(`${printable(changeLine(change))}\n`);
    }
    if (changes.length === 0) err(`The fleet is as ${printable(flags.file)} says.\n`);
  });
};

/** Shows the fleet. */
export const showFleet = async (flags: FleetStatusFlags, cli: Cli): Promise<void> => {
  const { out, err } = cli.terminal;
  const nowMs = Date.now();
  const found = await withEngine(flags, cli, (engine) => engine.tenants());
  const tenants = found.map((tenant) => tenantStatus(tenant, nowMs));
  if (flags.json) out(jsonLine({ tenants }));
  else if (tenants.length === 0) err('The fleet has no tenants: rxsync fleet apply fleet.yaml\n');
  else out(`${fleetText(tenants, nowMs)}\n`);
};

const knownTenant = async (engine: Engine, name: string): Promise<EngineTenant> => {
  const found = await engine.tenant(name);
  if (found !== undefined) return found;
  throw new UsageError(`The fleet has no tenant "${name}".`, {
    hint: 'rxsync fleet status lists them; rxsync fleet apply makes those of a fleet file.',
  });
};

/** @throws UsageError for a space that is no part of the tenant, as far as the fleet file tells */
const checkSpace = ({ tenant, spaces, except }: Definition, space: string): void => {
  const isLeftOut = except.includes(space);
  if (!isLeftOut && (spaces === '*' || spaces.includes(space))) return;
  throw new UsageError(
    `"${space}" is no space of ${tenant}${isLeftOut ? ': the fleet file excepts it' : ''}.`,
    {
      hint:
        spaces === '*'
          ? 'Take it out of `except`.'
          : `It has ${spaces.join(', ')}. Add it to the fleet file.`,
    },
  );
};

/** Asks for a round now. */
export const pullTenant = async (flags: FleetPullFlags, cli: Cli): Promise<void> => {
  const { tenant: name, space } = flags;
  await withEngine(flags, cli, async (engine) => {
    const { definition } = await knownTenant(engine, name);
    if (definition === undefined)
      throw new UsageError(`"${name}" is of another version of rxsync.`, {
        hint: 'Apply the fleet file again.',
      });
    if (space !== undefined) checkSpace(definition, space);
    await engine.request({ definition, by: 'person', ...(space !== undefined && { space }) });
  });
  cli.terminal.err(
    `Asked for ${printable(space === undefined ? name : `${name} ${space}`)}; rxsync fleet status shows it.\n`,
  );
};

/** Stops a tenant softly. */
export const stopTenant = async (flags: FleetStopFlags, cli: Cli): Promise<void> => {
  await withEngine(flags, cli, async (engine) => {
    const { isAtWork } = await knownTenant(engine, flags.tenant);
    if (isAtWork) await engine.stop(flags.tenant);
  });
  cli.terminal.err(
    `${printable(flags.tenant)} stops with a checkpoint, and is paused until apply or pull.\n`,
  );
};
