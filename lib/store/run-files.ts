import { RunSummary } from '../events/run-summary.js';
import { ensureDirectory } from './ensure-directory.js';
import type { Folder } from './folder.js';
import { folderAt } from './folder-at.js';
import { takeLock } from './lock.js';
import { isMirror, OWN, STATE_DIRECTORY } from './own-files.js';
import { withStoreFailure } from './store-failure.js';
import { TemporaryFiles } from './temporary-files.js';

/** Where the summaries are. No pull needs them: what stands in their place is no obstacle. */
const RUNS = `${STATE_DIRECTORY}/runs`;

/** How many runs a mirror remembers. */
const MOST_RUNS = 50;

const FILE = /^([1-9]\d{0,14})\.json$/;

const pathOf = (number: number): string => `${RUNS}/${number}.json`;

/** The numbers of the runs that are kept, the latest first; `anything`: of what only has the name of one, too. */
const runNumbers = (folder: Folder, anything = false): readonly number[] =>
  folder
    .list(RUNS)
    .flatMap((entry) =>
      anything || entry.isFile() ? (FILE.exec(entry.name)?.slice(1).map(Number) ?? []) : [],
    )
    .sort((a, b) => b - a);

const addRun = async (folder: Folder, summary: RunSummary): Promise<void> => {
  for (const directory of [OWN.temporary, RUNS]) await ensureDirectory(folder, directory);
  const [last = 0] = runNumbers(folder, true);
  await new TemporaryFiles(folder).replace(pathOf(last + 1), `${JSON.stringify(summary)}\n`);
  for (const number of runNumbers(folder).slice(MOST_RUNS)) await folder.unlink(pathOf(number));
};

/**
 * Keeps the summary of a run that has ended with the mirror in `dir`, of which the oldest leave; where there is no mirror,
 * nothing.
 * @throws MirrorLockedError when another run is at work already
 * @throws StoreError when it cannot be written
 */
export const saveRun = (dir: string, summary: RunSummary): Promise<void> =>
  withStoreFailure(`"${RUNS}" cannot be written`, async () => {
    const folder = folderAt(dir);
    if (folder === undefined || !isMirror(folder)) return;
    const lock = await takeLock(folder);
    try {
      await addRun(
        folder.fenced(() => lock.check()),
        summary,
      );
    } finally {
      await lock.release();
    }
  });

const parseRun = (text: string): RunSummary | undefined => {
  try {
    return RunSummary.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** The runs that a mirror remembers. */
export interface KeptRuns {
  /** The latest first. */
  readonly runs: readonly RunSummary[];
  /** How many of those that were asked for cannot be read. */
  readonly damaged: number;
}

/** Reads the latest runs, at most so many. */
export const readRuns = async (folder: Folder, most: number): Promise<KeptRuns> => {
  const numbers = runNumbers(folder).slice(0, most);
  const runs: RunSummary[] = [];
  for (const number of numbers) {
    const run = parseRun((await folder.read(pathOf(number)))?.toString() ?? '');
    if (run) runs.push(run);
  }
  return { runs, damaged: numbers.length - runs.length };
};

/** All that a mirror remembers; none, as if they were damaged, where what stands in their place refuses to be read. */
export const keptRuns = (folder: Folder): Promise<KeptRuns> =>
  readRuns(folder, MOST_RUNS).catch(() => ({ runs: [], damaged: 1 }));
