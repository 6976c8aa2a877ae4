import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const BIN = path.resolve('dist/bin/rxsync.js');
const POLL_MS = 50;
const TICKS_A_SECOND = 100;

/** What a run of the command has cost. */
export interface Cost {
  readonly exitCode: number | null;
  readonly seconds: number;
  /** Processor time, of all threads. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

type Env = Readonly<Record<string, string>>;

const readProc = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};

/** Runs the built command, and looks at the process as long as it lives; `node`: arguments of Node.js. */
export const runMeasured = (
  args: readonly string[],
  { env, node = [] }: { readonly env: Env; readonly node?: readonly string[] },
): Promise<Cost> =>
  new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(process.execPath, [...node, BIN, ...args], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    let peakMb = 0;
    let ticks = 0;
    const look = (): void => {
      const { pid = 0 } = child;
      peakMb = Math.max(peakMb, Number(/VmHWM:\s+(\d+)/.exec(readProc(pid, 'status'))?.[1] ?? 0) / 1024);
      const fields = readProc(pid, 'stat').split(') ')[1]?.split(' ') ?? [];
      ticks = Math.max(ticks, Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
    };
    const timer = setInterval(look, POLL_MS);
    child.on('exit', (exitCode) => {
      clearInterval(timer);
      const seconds = (performance.now() - start) / 1000;
      resolve({ exitCode, seconds, cpuSeconds: ticks / TICKS_A_SECOND, peakMb });
    });
  });

export interface SandboxProcess {
  readonly child: ChildProcess;
  /** Address and credentials, as variables of the command. */
  readonly env: Env;
}

/** Starts the built sandbox in a process of its own. */
export const startSandboxProcess = async (
  flags: Readonly<Record<string, number>>,
): Promise<SandboxProcess> => {
  const args = Object.entries({ port: 0, ...flags }).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [BIN, 'sandbox', ...args], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const env = await new Promise<Env>((resolve) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      const found = [...text.matchAll(/export (CONFLUENCE_[A-Z_]+)=["']?([^"'\s]+)/g)];
      if (found.length >= 3)
        resolve(Object.fromEntries(found.map(([, name, value]) => [name ?? '', value ?? ''])));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  return { child, env };
};

export const printCost = (name: string, { exitCode, seconds, cpuSeconds, peakMb }: Cost): boolean =>
  process.stdout.write(
    `${name.padEnd(44)} exit ${exitCode ?? 'killed'}  ${seconds.toFixed(1)} s  ${cpuSeconds.toFixed(1)} s processor  ${peakMb.toFixed(0)} MB\n`,
  );
