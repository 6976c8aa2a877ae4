/**
 * How much memory a first pull takes in a heap of 256 MB, by the size of the space, and what later pulls of it cost in
 * processor time. Run by `npm run bench -- memory`; with `RXSYNC_MEMORY_PAGES=1000,10000` of these sizes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { numbersFromEnv } from '../support/counts.js';

const SIZES = numbersFromEnv('RXSYNC_MEMORY_PAGES', [10_000, 100_000]);
const ATTACHMENTS_A_PAGE = 5;
const BIN = path.resolve('dist/bin/rxsync.js');
const POLL_MS = 50;

interface Cost {
  readonly exitCode: number | null;
  readonly seconds: number;
  /** Processor time, of all threads. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

const TICKS_A_SECOND = 100;

const readProc = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};

/** Runs the built command with a small heap, and looks at the process as long as it lives. */
const run = (args: readonly string[], env: Record<string, string>): Promise<Cost> =>
  new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(process.execPath, ['--max-old-space-size=256', BIN, ...args], {
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

/** The address and credentials that a sandbox prints. */
const startSandbox = async (pages: number): Promise<{ child: ChildProcess; env: Record<string, string> }> => {
  const args = ['sandbox', '--port', '0', '--pages', String(pages), '--folders', '500', '--comments', '0'];
  const child = spawn(process.execPath, [BIN, ...args, '--attachments', String(ATTACHMENTS_A_PAGE * pages)], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const env = await new Promise<Record<string, string>>((resolve) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString();
      const found = [...text.matchAll(/(CONFLUENCE_[A-Z_]+)=["']?([^"'\s]+)/g)];
      if (found.length >= 3)
        resolve(Object.fromEntries(found.map(([, name, value]) => [name ?? '', value ?? ''])));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  return { child, env };
};

const print = (name: string, { exitCode, seconds, cpuSeconds, peakMb }: Cost): boolean =>
  process.stdout.write(
    `${name.padEnd(44)} exit ${exitCode ?? 'killed'}  ${seconds.toFixed(1)} s  ${cpuSeconds.toFixed(1)} s processor  ${peakMb.toFixed(0)} MB\n`,
  );

const measure = async (pages: number): Promise<number> => {
  const { child, env } = await startSandbox(pages);
  const dir = await mkdtemp(path.join(os.tmpdir(), 'rxsync-memory-'));
  try {
    const args = ['pull', dir, '--space', 'LARGE', '--progress', 'none'];
    const only = [...args, '--no-attachments'];
    const first = await run(only, env);
    print(`${pages} pages, first pull`, first);
    print(`${pages} pages, nothing changed`, await run(only, env));
    print(`${pages} pages, quick delta`, await run([...only, '--no-check-deletions'], env));
    print(
      `${pages} pages, plan with ${ATTACHMENTS_A_PAGE} files each`,
      await run([...args, '--dry-run', '--quiet'], env),
    );
    return first.peakMb;
  } finally {
    child.kill();
    for (const name of await readdir(dir)) await rm(path.join(dir, name), { recursive: true });
    await rm(dir, { recursive: true });
  }
};

let smallest: number | undefined;
for (const pages of SIZES) {
  const peak = await measure(pages);
  smallest ??= peak;
  process.stdout.write(`peak of ${pages} pages: ${(peak / smallest).toFixed(2)} times that of ${SIZES[0]}\n`);
}
