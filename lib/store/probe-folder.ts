import { statfs } from 'node:fs/promises';
import path from 'node:path';
import fs from 'fs-extra';
import { realFiles } from './files.js';
import { storeFailure } from './store-failure.js';

/** What the file system below a folder does, found out by trying. */
export interface FolderTraits {
  /** The folder that was tried: the one asked for, or the nearest one above it that is there. */
  readonly tried: string;
  /** Whether names that differ in case only are two files. */
  readonly isCaseSensitive: boolean;
  /** Whether a decomposed letter comes back as it was written. */
  readonly keepsNames: boolean;
  /** Longest name in bytes of UTF-8, of 255, 143 (encrypted folders) and 80. */
  readonly longestName: number;
  /** Whether a path of a mirror, at most 240 bytes, fits below the folder. */
  readonly takesLongPaths: boolean;
  readonly hasSymbolicLinks: boolean;
  readonly freeBytes: number | undefined;
}

/** Longest path of a file within a mirror, in bytes. */
const LONGEST_PATH = 240;
const NAME_LENGTHS = [255, 143, 80];

const nearest = async (folder: string): Promise<string> => {
  if (await fs.pathExists(folder)) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? folder : nearest(parent);
};

const succeeds = (work: () => Promise<unknown>): Promise<boolean> =>
  work().then(
    () => true,
    () => false,
  );

/** Writes as the mirror is written: a new file, and another in its place by renaming. */
const writeTwice = async (folder: string): Promise<void> => {
  const file = path.join(folder, 'Case');
  for (const content of ['one', 'two']) {
    await realFiles.writeFile(`${file}.new`, content);
    await realFiles.rename(`${file}.new`, file);
  }
};

const longestName = async (folder: string): Promise<number> => {
  for (const length of NAME_LENGTHS)
    if (await succeeds(() => fs.writeFile(path.join(folder, 'n'.repeat(length)), ''))) return length;
  return 0;
};

const DECOMPOSED = 'e\u0301';

const traitsIn = async (folder: string) => {
  await writeTwice(folder);
  await fs.writeFile(path.join(folder, DECOMPOSED), '');
  const deep = path.join(...Array.from({ length: 3 }, (_, level) => String(level).repeat(79)));
  const target = path.join(folder, deep.slice(0, LONGEST_PATH));
  return {
    isCaseSensitive: !(await fs.pathExists(path.join(folder, 'cASE'))),
    keepsNames: (await fs.readdir(folder)).includes(DECOMPOSED),
    longestName: await longestName(folder),
    takesLongPaths: await succeeds(() => fs.outputFile(target, '')),
    hasSymbolicLinks: await succeeds(() => fs.symlink('Case', path.join(folder, 'link'))),
  };
};

const freeBytes = (folder: string): Promise<number | undefined> =>
  statfs(folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => undefined,
  );

/**
 * Tries what a mirror in `dir` would do, in a folder that is gone afterwards; `dir` itself is not made.
 * @throws StoreError when nothing can be written there
 */
export const probeFolder = async (dir: string): Promise<FolderTraits> => {
  const root = path.resolve(dir);
  const tried = await nearest(root).catch(() => root);
  try {
    const trial = await fs.mkdtemp(path.join(tried, '.rxsync-trial-'));
    try {
      return {
        tried,
        ...(await traitsIn(trial)),
        freeBytes: await freeBytes(tried),
      };
    } finally {
      await fs.remove(trial);
    }
  } catch (error) {
    throw storeFailure(`Nothing can be written in "${tried}"`, error);
  }
};
