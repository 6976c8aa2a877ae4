import { statfs } from 'node:fs/promises';
import path from 'node:path';
import fs from 'fs-extra';
import { checkWritable } from './check-writable.js';
import { type Files, realFiles } from './files.js';
import { checkLink, folderAt } from './folder-at.js';
import { storeFailure } from './store-failure.js';
import { isAbsent } from './unless-absent.js';

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

/** A link that leads nowhere is there, too: no mirror can be made behind it. */
const isThere = (folder: string): Promise<boolean> =>
  fs.lstat(folder).then(
    () => true,
    (error: unknown) => !isAbsent(error),
  );

const nearest = async (folder: string): Promise<string> => {
  if (await isThere(folder)) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? folder : nearest(parent);
};

const succeeds = (work: () => Promise<unknown>): Promise<boolean> =>
  work().then(
    () => true,
    () => false,
  );

/** Writes as the mirror is written: a new file, and another in its place by renaming. */
const writeTwice = async (folder: string, files: Files): Promise<void> => {
  const file = path.join(folder, 'Case');
  for (const content of ['one', 'two']) {
    await files.writeFile(`${file}.new`, content);
    await files.rename(`${file}.new`, file);
  }
};

const longestName = async (folder: string): Promise<number> => {
  for (const length of NAME_LENGTHS)
    if (await succeeds(() => fs.writeFile(path.join(folder, 'n'.repeat(length)), ''))) return length;
  return 0;
};

const DECOMPOSED = 'e\u0301';

const traitsIn = async (folder: string, files: Files) => {
  await writeTwice(folder, files);
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
 * @throws StoreError when nothing can be written there, or to rxsync's own files in it
 */
export const probeFolder = async (dir: string, files: Files = realFiles): Promise<FolderTraits> => {
  const root = path.resolve(dir);
  const tried = await nearest(root);
  try {
    checkLink(root);
    const folder = folderAt(root, { files });
    if (folder !== undefined) checkWritable(folder);
    const trial = await fs.mkdtemp(path.join(tried, '.rxsync-trial-'));
    try {
      return {
        tried,
        ...(await traitsIn(trial, files)),
        freeBytes: await freeBytes(tried),
      };
    } finally {
      await fs.remove(trial);
    }
  } catch (error) {
    throw storeFailure(`Nothing can be written in "${tried}"`, error);
  }
};
