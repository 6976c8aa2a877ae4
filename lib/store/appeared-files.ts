import { crc32 } from 'node:zlib';
import { RefusedFileError } from '../errors/refused-file-error.js';
import { type Adopter, adoptFiles } from './adopt.js';
import { hashOf } from './check-records.js';
import type { FileTable } from './file-table.js';
import type { MirrorDirectory } from './mirror-directory.js';
import { syncFiles } from './sync-files.js';

export interface AppearedFilesParts extends Adopter {
  readonly directory: MirrorDirectory;
  readonly files: FileTable;
}

interface Appeared {
  readonly path: string;
  /** Checksum of its trace: one is kept of every file that a run writes. */
  readonly seen: number;
}

/** What a file is seen as that may be another one already. */
const IN_DOUBT = -1;

const checksumOf = (trace: string | undefined): number => crc32(trace ?? '');

/** The files that a run has let appear: a power cut may still take them, and the user may change them before it ends. */
export class AppearedFiles {
  readonly #parts: AppearedFilesParts;
  #all: Appeared[] = [];

  constructor(parts: AppearedFilesParts) {
    this.#parts = parts;
  }

  /** @param trace of what is known to be ours; absent: its content is looked at when the run ends */
  note(path: string, trace?: string): void {
    this.#all.push({ path, seen: trace === undefined ? IN_DOUBT : checksumOf(trace) });
  }

  /** Makes them survive a power cut; false when one does not let itself be synced. */
  sync(): Promise<boolean> {
    return syncFiles(
      this.#parts.directory,
      this.#all.map(({ path }) => path),
    );
  }

  /** One that was changed since is no more what the record of its item says, which is fetched again then. */
  async check(): Promise<void> {
    const { directory, files } = this.#parts;
    const all = this.#all;
    this.#all = [];
    for (const { path, seen } of all) {
      const file = this.#isAsSeen(path, seen) ? undefined : files.find(path);
      const stamp = file?.stamps.at(-1);
      if (file === undefined || stamp === undefined) continue;
      const hash = await hashOf(directory, path);
      // One that is gone is missed by every look.
      if (hash !== undefined && hash !== stamp.hash)
        await adoptFiles(this.#parts, file.owner, [{ path, ...stamp }]);
    }
  }

  /** What cannot be reached any more counts as seen: it is told of otherwise. */
  #isAsSeen(path: string, seen: number): boolean {
    try {
      return checksumOf(this.#parts.directory.trace(path)) === seen;
    } catch (error) {
      if (error instanceof RefusedFileError) return true;
      throw error;
    }
  }
}
