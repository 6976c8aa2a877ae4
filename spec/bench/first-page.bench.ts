/**
 * How soon after its start a first pull has a page on disk: `RXSYNC_FIRST_PAGES` pages (100,000), 80 ms an answer, three times. Run by
 * `npm run bench -- first-page`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { numberFromEnv } from '../support/counts.js';
import { startSandboxProcess } from '../support/measured.js';

const PAGES = numberFromEnv('RXSYNC_FIRST_PAGES', 100_000);
const ROUNDS = 3;
const POLL_MS = 20;

/** Whether a page stands in a mirror; no event tells of the first ones. */
const hasPage = async (dir: string): Promise<boolean> => {
  const names = await readdir(dir, { recursive: true }).catch(() => []);
  return names.some((name) => name.endsWith('.md') && !name.startsWith('.rxsync'));
};

const secondsToFirstPage = async (env: Readonly<Record<string, string>>): Promise<number> => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'rxsync-first-page-'));
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      path.resolve('dist/bin/rxsync.js'),
      'pull',
      dir,
      '--space',
      'LARGE',
      '--no-attachments',
      '--progress',
      'none',
    ],
    { env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  while (child.exitCode === null && !(await hasPage(dir))) await setTimeout(POLL_MS);
  const seconds = (performance.now() - start) / 1000;
  child.kill('SIGKILL');
  await ended;
  await rm(dir, { recursive: true });
  return seconds;
};

const { child, env } = await startSandboxProcess({
  pages: PAGES,
  folders: PAGES / 20,
  attachments: 0,
  comments: 0,
  'latency-ms': 80,
});
try {
  for (let round = 0; round < ROUNDS; round += 1)
    process.stdout.write(
      `first of ${PAGES} pages on disk after ${(await secondsToFirstPage(env)).toFixed(1)} s\n`,
    );
} finally {
  child.kill();
}
