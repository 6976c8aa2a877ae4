import { lstatSync, type Stats } from 'node:fs';
import path from 'node:path';
import { nameOf, parentOf } from './folder-paths.js';
import { mirrorPath } from './mirror-path.js';
import { lookAtDirectory } from './pin-directory.js';
import { refusalOf } from './refusal.js';
import { isAbsent } from './unless-absent.js';

/**
 * Looks at many files of a mirror in one go: nothing is changed or read, and each directory on the way is examined once, by name.
 * What is swapped meanwhile is not seen; whoever reads or writes a file looks again. There are as many looks as files, so
 * that what each costs counts.
 *
 * Errors: as of `MirrorDirectory`.
 */
export class Looks {
  readonly #root: string;
  /** Directories with how the file system names them. */
  readonly #examined: Map<string, string>;

  /** @param root its real path */
  constructor(root: string) {
    this.#root = root;
    this.#examined = new Map([['', root]]);
  }

  /** What stands at the path itself, links not followed. */
  stat(relative: string): Stats | undefined {
    try {
      const directory = this.#examine(parentOf(mirrorPath(relative)));
      return lstatSync(`${directory}${path.sep}${nameOf(relative)}`, { throwIfNoEntry: false });
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw refusalOf(relative, 'reached', error);
    }
  }

  /** True when the directory and those above it are there. */
  hasDirectory(relative: string): boolean {
    try {
      this.#examine(relative === '' ? '' : mirrorPath(relative));
      return true;
    } catch (error) {
      if (isAbsent(error)) return false;
      throw refusalOf(relative, 'reached', error);
    }
  }

  #examine(relative: string): string {
    const known = this.#examined.get(relative);
    if (known !== undefined) return known;
    const above = this.#examine(parentOf(relative));
    lookAtDirectory(this.#root, relative);
    const location = `${above}${path.sep}${nameOf(relative)}`;
    this.#examined.set(relative, location);
    return location;
  }
}
