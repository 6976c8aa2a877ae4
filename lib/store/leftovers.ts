import type { FileStamp } from '../core/records.js';
import { RefusedFileError } from '../errors/refused-file-error.js';
import { contentOf, ifReadable } from './check-records.js';
import type { FileTable } from './file-table.js';
import { parentOf } from './folder-paths.js';
import type { MirrorDirectory } from './mirror-directory.js';
import type { Rows } from './rows.js';

export interface LeftoversParts {
  readonly directory: MirrorDirectory;
  readonly files: FileTable;
  readonly rows: Rows;
}

const PREFIX = 'left:';

/**
 * What was to go and was not seen to go. A file that was not there, as the folder that it is in was away for a moment, is looked for
 * once more when the run ends. A directory that was not there, or not empty, or out of reach, goes then or with a later run, once
 * it is empty.
 */
export class Leftovers {
  readonly #parts: LeftoversParts;
  readonly #files = new Map<string, FileStamp>();
  readonly #directories = new Set<string>();

  constructor(parts: LeftoversParts) {
    this.#parts = parts;
  }

  /** A file of ours was to go, and nothing stood there. */
  noteFile(stamp: FileStamp): void {
    this.#files.set(stamp.path, stamp);
  }

  /** The directory was to go, and was not there, or still is. */
  noteDirectory(path: string): void {
    // The mirror itself stays.
    if (path !== '') this.#directories.add(path);
  }

  /** Removes what is there by now; remembers directories that are not empty, but for those that hold files of ours. */
  async settle(): Promise<void> {
    for (const stamp of this.#files.values()) await this.#removeFile(stamp);
    const { rows } = this.#parts;
    const known = new Set<string>();
    for await (const key of rows.keys(PREFIX)) known.add(key.slice(PREFIX.length));
    for (const path of new Set([...known, ...this.#directories])) {
      const isLeft = await this.#isLeft(path);
      if (isLeft !== known.has(path)) await rows.write([[PREFIX + path, isLeft ? path : undefined]]);
    }
  }

  async #removeFile(stamp: FileStamp): Promise<void> {
    const { directory, files } = this.#parts;
    if (files.ownerOf(stamp.path) !== undefined) return;
    await ifReadable(async () => {
      if ((await contentOf(directory, stamp.path, [stamp])) === undefined) return;
      await directory.unlink(stamp.path);
      this.noteDirectory(parentOf(stamp.path));
    });
  }

  async #isLeft(path: string): Promise<boolean> {
    const { directory, files } = this.#parts;
    try {
      if (files.isFolder(path) || this.#holdsOurs(path)) return false;
      await directory.removeEmpty(path, (each) => files.isFolder(each));
      return directory.stat(path) !== undefined;
    } catch (error) {
      if (error instanceof RefusedFileError) return true;
      throw error;
    }
  }

  #holdsOurs(path: string): boolean {
    const { directory, files } = this.#parts;
    return directory.list(path).some(({ name }) => files.stampsAt(`${path}/${name}`).length > 0);
  }
}
