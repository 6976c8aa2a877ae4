import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { stringify } from 'yaml';
import { openEngine } from '../../lib/fleet/engine.js';
import { type TenantStatus, tenantStatus } from '../../lib/fleet/fleet-status.js';
import { BIN, type E2eWiki, type Run, rxsync } from './e2e.js';
import { startTemporal, type TemporalServer } from './temporal-server.js';
import { until } from './until.js';

/** What a worker has told: a space is pulled from here on, or it is not any more. */
interface Told {
  readonly atMs: number;
  readonly tenant: string;
  readonly space: string;
  readonly isBegin: boolean;
}

/** A worker that runs as a process of its own. */
export interface FleetWorker {
  readonly lines: readonly string[];
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Times in which it has pulled a space, ms. */
  readonly spans: () => readonly Span[];
}

export interface Span {
  readonly tenant: string;
  readonly space: string;
  readonly from: number;
  readonly to: number;
}

const toldIn = (line: string): Told | undefined => {
  const [, at = '', tenant = '', space = '', what] = /^(\S+) (\S+) (\S+): (.*)$/.exec(line) ?? [];
  if (what === undefined || Number.isNaN(Date.parse(at))) return undefined;
  return { atMs: Date.parse(at), tenant, space, isBegin: what === 'pulling' };
};

/** @param endMs when the process has ended */
const spansOf = (lines: readonly string[], endMs: number): readonly Span[] => {
  const told = lines.flatMap((line) => toldIn(line) ?? []);
  return told.flatMap(({ atMs: from, tenant, space, isBegin }, index) => {
    if (!isBegin) return [];
    const end = told
      .slice(index + 1)
      .find((each) => each.tenant === tenant && each.space === space && !each.isBegin);
    return [{ tenant, space, from, to: end?.atMs ?? endMs }];
  });
};

const startWorker = (args: readonly string[], env: Readonly<Record<string, string>>): FleetWorker => {
  const child: ChildProcess = spawn(process.execPath, [BIN, 'fleet', 'worker', ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  const closed = once(child, 'close');
  let endMs = Infinity;
  if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  return {
    lines,
    spans: () => spansOf(lines, endMs),
    signal: (signal) => void child.kill(signal),
    kill: async (signal) => {
      // What is killed does nothing from here on.
      if (signal === 'SIGKILL') endMs = Date.now();
      child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
};

/** A fleet on a server of its own. */
export interface Fleet {
  readonly server: TemporalServer;
  /** Folder of the mirrors. */
  readonly mirrors: string;
  readonly rxsync: (...args: readonly string[]) => Promise<Run>;
  readonly startWorker: (...args: readonly string[]) => FleetWorker;
  readonly workers: readonly FleetWorker[];
  /** Writes the fleet file and applies it. */
  readonly apply: (file: object, ...flags: readonly string[]) => Promise<Run>;
  readonly status: () => Promise<readonly TenantStatus[]>;
  /** Waits until all spaces of all tenants are fresh. */
  readonly fresh: (ms: number) => Promise<void>;
}

const TOKEN = 'FLEET_TOKEN';

/** A tenant of the fleet file whose wiki is a sandbox. */
export const tenantOf = ({ sandbox }: E2eWiki, more: object = {}): object => ({
  url: sandbox.url,
  email: sandbox.credentials.email,
  token: { env: TOKEN },
  spaces: '*',
  except: ['LARGE', 'SMALL', '~sandbox'],
  every: '6h',
  ...more,
});

const isFresh = ({ spaces, fresh, failed, waiting, running }: TenantStatus): boolean =>
  spaces > 0 && fresh === spaces && failed + waiting + running.length === 0;

/** Uses a fleet, and ends all that it has started. */
export const withFleet = async (folder: string, use: (fleet: Fleet) => Promise<void>): Promise<void> => {
  const server = await startTemporal(folder);
  const env = { TEMPORAL_ADDRESS: server.address, [TOKEN]: 'sandbox-api-token' };
  const mirrors = path.join(folder, 'mirrors');
  const workers: FleetWorker[] = [];
  const run = (...args: readonly string[]): Promise<Run> => rxsync(['fleet', ...args], { env });
  const engine = await openEngine({ address: server.address, namespace: 'default' }, {});
  const status = async (): Promise<readonly TenantStatus[]> => {
    const nowMs = Date.now();
    return (await engine.tenants()).map((tenant) => tenantStatus(tenant, nowMs));
  };
  try {
    await use({
      server,
      mirrors,
      workers,
      rxsync: run,
      status,
      startWorker: (...args) => {
        const worker = startWorker(args.includes('--mirrors') ? args : ['--mirrors', mirrors, ...args], env);
        workers.push(worker);
        return worker;
      },
      apply: async (file, ...flags) => {
        const name = path.join(folder, 'fleet.yaml');
        await writeFile(name, stringify(file));
        return run('apply', name, ...flags);
      },
      fresh: (ms) =>
        until(async () => {
          const tenants = await status();
          return tenants.length > 0 && tenants.every(isFresh);
        }, ms),
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.kill('SIGKILL')));
    await engine.close();
    await server.kill();
  }
};
