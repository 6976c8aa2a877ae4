/**
 * How much memory a first pull takes in a heap of 256 MB, by the size of the space, and what later pulls of it cost in
 * processor time. Run by `npm run bench -- memory`; with `RXSYNC_MEMORY_PAGES=1000,10000` of these sizes.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { numbersFromEnv } from '../support/counts.js';
import { type Cost, printCost, runMeasured, startSandboxProcess } from '../support/measured.js';

const SIZES = numbersFromEnv('RXSYNC_MEMORY_PAGES', [10_000, 100_000]);
const ATTACHMENTS_A_PAGE = 5;

const measure = async (pages: number): Promise<number> => {
  const attachments = ATTACHMENTS_A_PAGE * pages;
  const { child, env } = await startSandboxProcess({ pages, folders: 500, comments: 0, attachments });
  const dir = await mkdtemp(path.join(os.tmpdir(), 'rxsync-memory-'));
  const run = (args: readonly string[]): Promise<Cost> =>
    runMeasured(['pull', dir, '--space', 'LARGE', '--progress', 'none', '--quiet', ...args], {
      env,
      node: ['--max-old-space-size=256'],
    });
  try {
    const first = await run(['--no-attachments']);
    printCost(`${pages} pages, first pull`, first);
    printCost(`${pages} pages, nothing changed`, await run(['--no-attachments']));
    printCost(`${pages} pages, quick delta`, await run(['--no-attachments', '--no-check-deletions']));
    printCost(
      `${pages} pages, plan with ${ATTACHMENTS_A_PAGE} files each`,
      await run(['--attachments', 'all', '--dry-run']),
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
