import type { Folder } from './folder.js';
import { storeDirectory, storeNumbers } from './own-files.js';
import { sealedRun, TABLES } from './seal.js';
import { readId, type StoreMark } from './store-mark.js';

/** Names the files of a database: without it there is none. */
const CURRENT = 'CURRENT';

const isWhole = (folder: Folder, number: number): boolean =>
  TABLES.every((table) => folder.stat(`${storeDirectory(number)}/${table}/${CURRENT}`) !== undefined);

/** A directory of databases, and the run that has sealed it. */
interface Candidate {
  readonly number: number;
  readonly run: number | undefined;
}

/** Those that the last run has sealed are right; else one that no run has ended on; else the one of the latest run. */
const latest = (candidates: readonly Candidate[], lastRun: number): Candidate | undefined => {
  const sealed = candidates.filter(({ run }) => run !== undefined);
  const [newest] = sealed.sort((a, b) => (b.run ?? 0) - (a.run ?? 0));
  const isLast = newest !== undefined && (newest.run ?? 0) >= lastRun;
  return isLast ? newest : (candidates.find(({ run }) => run === undefined) ?? newest);
};

/**
 * Which of several directories of databases counts: a new one comes whole, by renaming, before the one in use goes. So it is that of
 * the highest number, but for one that lacks a database, is of another mirror, or was sealed by an earlier run, as a backup that
 * somebody has put there, beside one that is right. `expected`: what the state says of them.
 */
export const chooseStore = async (
  folder: Folder,
  expected: StoreMark | undefined,
): Promise<number | undefined> => {
  const numbers = storeNumbers(folder);
  const whole = numbers.filter((number) => isWhole(folder, number));
  const ours = whole.filter(
    (number) => expected !== undefined && readId(folder, storeDirectory(number)) === expected.id,
  );
  const [first, ...others] = ours.length > 0 ? ours : whole;
  if (first === undefined || others.length === 0) return first ?? numbers[0];
  const candidates: Candidate[] = [];
  for (const number of [first, ...others])
    candidates.push({ number, run: await sealedRun(folder, storeDirectory(number)) });
  return latest(candidates, expected?.run ?? 0)?.number;
};
