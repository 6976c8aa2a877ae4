import type { Stats } from 'node:fs';
import path from 'node:path';
import fs from 'fs-extra';
import { StoreError } from '../errors/store-error.js';
import { type Files, realFiles } from './files.js';
import { systemCode } from './store-failure.js';

/** The folder of rxsync's own files within a mirror. */
export const STATE_DIRECTORY = '.rxsync';

/** The directory of a mirror path; the root's is empty. */
export const parentOf = (relative: string): string => path.posix.dirname(relative).replace(/^\.$/, '');

const statOrUndefined = async (file: string): Promise<Stats | undefined> => {
  try {
    return await fs.lstat(file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
};

/** Maps a mirror's relative POSIX paths to real ones and makes their directories; never leaves the mirror. */
export class MirrorDirectory {
  readonly root: string;
  readonly #files: Files;
  readonly #made = new Set<string>();

  constructor(root: string, files = realFiles) {
    this.root = path.resolve(root);
    this.#files = files;
  }

  /** @throws StoreError when the path would leave the mirror or enter rxsync's own folder */
  resolve(relative: string): string {
    const parts = relative.split('/');
    if (
      parts.some((part) => part === '' || part === '.' || part === '..') ||
      parts[0]?.toLowerCase() === STATE_DIRECTORY
    )
      throw new StoreError(`"${relative}" is no path within a mirror.`);
    return path.join(this.root, ...parts);
  }

  /** What stands at the path itself, links not followed. */
  stat(relative: string): Promise<Stats | undefined> {
    return statOrUndefined(this.resolve(relative));
  }

  /**
   * Makes a directory of the mirror and those above it.
   * @throws StoreError when one of them is a symbolic link or a file
   */
  async makeDirectory(relative: string): Promise<void> {
    if (relative === '' || this.#made.has(relative)) return;
    const real = this.resolve(relative);
    await this.makeDirectory(parentOf(relative));
    const stat = await statOrUndefined(real);
    if (stat === undefined) await this.#files.mkdir(real);
    else if (!stat.isDirectory())
      throw new StoreError(
        `"${relative}" is ${stat.isSymbolicLink() ? 'a symbolic link' : 'a file'} where the mirror needs a folder.`,
        { hint: 'Move it away and pull again.' },
      );
    this.#made.add(relative);
  }

  /** True when the directory and those above it are there and none is a symbolic link. */
  async hasDirectory(relative: string): Promise<boolean> {
    if (relative === '' || this.#made.has(relative)) return true;
    const real = this.resolve(relative);
    if (!(await this.hasDirectory(parentOf(relative)))) return false;
    return (await statOrUndefined(real))?.isDirectory() ?? false;
  }

  /** True when both paths lead to one file, as two spellings do on a case-insensitive file system. */
  async isSameFile(a: string, b: string): Promise<boolean> {
    const [left, right] = await Promise.all([this.stat(a), this.stat(b)]);
    return left !== undefined && left.ino === right?.ino && left.dev === right.dev;
  }

  /** Removes the directory and those above it as long as they are empty and `isKept` does not object. */
  async removeEmpty(relative: string, isKept: (directory: string) => boolean): Promise<void> {
    for (let at = relative; at !== '' && !isKept(at); at = parentOf(at)) {
      // Never through a symbolic link.
      if (!(await this.hasDirectory(at))) continue;
      try {
        await fs.rmdir(this.resolve(at));
        this.#made.delete(at);
      } catch (error) {
        if (systemCode(error) !== 'ENOENT') return;
      }
    }
  }
}
