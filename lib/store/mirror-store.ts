import type { Readable } from 'node:stream';
import { foldName } from '../core/file-names.js';
import { type FileStamp, type ItemRecord, recordKey } from '../core/records.js';
import { isTouched } from './check-records.js';
import type { FileTable } from './file-table.js';
import { hashText } from './hash-text.js';
import { RefusedFileError } from '../errors/refused-file-error.js';
import { StoreError } from '../errors/store-error.js';
import type { Leftovers } from './leftovers.js';
import type { MirrorDirectory } from './mirror-directory.js';
import type { Publisher } from './publisher.js';
import { countsOf, type Records, type RecordTable } from './record-table.js';
import { type MirrorState, writeState } from './state-file.js';
import { signMark, type StoreMark } from './store-mark.js';
import { refusalOf } from './refusal.js';
import type { Store } from './store.js';
import { systemCode, withStoreFailure } from './store-failure.js';
import { likenessOf } from './trace-of.js';
import type { TemporaryFile, TemporaryFiles } from './temporary-files.js';
import type { Measured } from './write-new-file.js';

export interface MirrorStoreParts {
  readonly directory: MirrorDirectory;
  readonly temporary: TemporaryFiles;
  readonly publisher: Publisher;
  readonly records: RecordTable;
  readonly files: FileTable;
  readonly left: Leftovers;
  readonly mark: StoreMark;
  /** Makes all records so far survive a power cut. */
  readonly flush: () => Promise<void>;
  /** Says that what was damaged is mended. */
  readonly mend: () => Promise<void>;
  /** What the layout is told by that all files were written for. */
  readonly layoutDigest: string | undefined;
  /** When the run began to look at the files of earlier ones, by the clock of the file system. */
  readonly lookedAtMs: number;
  /** With an end where every file that appeared has its record, and a power cut takes none of them. */
  readonly close: (end: WholeEnd | undefined) => Promise<void>;
}

/** The end of a run of which nothing is in doubt but what the user has done meanwhile. */
export interface WholeEnd {
  /** What the layout is told by that all files were written for. */
  readonly layoutDigest: string | undefined;
  /** Looks for files that were changed after they had appeared. */
  readonly check: () => Promise<void>;
}

/** Whether a file is larger than the file system takes: smaller ones fare better. */
const isTooLarge = (error: unknown): error is StoreError =>
  error instanceof StoreError && systemCode(error.cause) === 'EFBIG';

/**
 * The mirror in a folder. Files appear whole, by rename; an item's record is written after its files. What the user put or
 * changed in the mirror is kept aside as `<name>.local-<n>`.
 */
export class MirrorStore implements Store {
  readonly #staged = new Map<string, TemporaryFile>();
  readonly #parts: MirrorStoreParts;
  #layoutDigest: string | undefined;

  constructor(parts: MirrorStoreParts) {
    this.#parts = parts;
    this.#layoutDigest = parts.layoutDigest;
  }

  /** What the mirror holds; changes with `put` and `remove`. */
  get records(): Records {
    return this.#parts.records;
  }

  /** Writes a text that is to be a file of the mirror; it is none until it is published. */
  draft(target: string, content: string): Promise<TemporaryFile> {
    return this.#guard(target, () => this.#parts.temporary.ofText(content));
  }

  /** As `draft`: `write` gets where to, and says what it has written; undefined when that comes to nothing. */
  draftBy<T extends Measured>(
    target: string,
    write: (location: string) => Promise<T | undefined>,
  ): Promise<(TemporaryFile & T) | undefined> {
    return this.#guard(target, () => this.#parts.temporary.ofWriter(write));
  }

  /** Puts a draft in its place as a file of the item; a file that already has these bytes is left untouched. */
  publish(key: string, target: string, draft: TemporaryFile): Promise<FileStamp> {
    return this.#guard(target, () => this.#publish(key, target, draft));
  }

  /** Writes a text file of the item; a file that already has these bytes is left untouched. */
  async writeText(key: string, target: string, content: string): Promise<FileStamp> {
    return this.publish(key, target, await this.draft(target, content));
  }

  /**
   * Writes a file of the item from a stream.
   * @throws MediaError when its length is not `expectedBytes`; what the stream itself raises
   */
  async writeStream(
    key: string,
    target: string,
    stream: Readable,
    expectedBytes: number | undefined,
  ): Promise<FileStamp> {
    // What could not be put there need not come.
    this.#parts.directory.stat(target);
    const written = await this.#parts.temporary
      .ofStream(stream, expectedBytes, target)
      .catch((error: unknown) => {
        throw isTooLarge(error) ? refusalOf(target, 'written', error.cause) : error;
      });
    return this.#guard(target, () => this.#publish(key, target, written));
  }

  /** Makes the directory of a folder. */
  makeDirectory(key: string, target: string): Promise<void> {
    return this.#guard(target, () => this.#parts.publisher.makeDirectory(key, target));
  }

  /** Whether a file that stands at the path, or at another spelling of it, may be rxsync's own. */
  isOwn(target: string): boolean {
    return this.#parts.files.stampsAt(target).length > 0;
  }

  /**
   * Takes a file out of the way of others that are about to be moved there; it is still read and moved by its stamp. What is
   * refused stays, as whoever moves or removes it is told.
   */
  stage(stamp: FileStamp): Promise<void> {
    const { directory, temporary } = this.#parts;
    return this.#unlessRefused(stamp.path, async () => {
      // What the user has changed stays where it is found.
      const seen = directory.trace(stamp.path);
      const likeness = likenessOf(directory.glance(stamp.path));
      if (!this.#isAsWritten(stamp) || (await directory.hash(stamp.path)) !== stamp.hash) return;
      if (directory.trace(stamp.path) !== seen) return;
      const file = temporary.vacancy();
      await directory.takeIn(stamp.path, file);
      this.#staged.set(stamp.path, { file, bytes: stamp.bytes, hash: stamp.hash, likeness });
    });
  }

  /** Puts a file back that was taken out of the way, if its item has come to no other place. */
  unstage(stamp: FileStamp): Promise<void> {
    const { publisher, temporary } = this.#parts;
    const staged = this.#staged.get(stamp.path);
    this.#staged.delete(stamp.path);
    return this.#unlessRefused(stamp.path, async () => {
      if (staged !== undefined && temporary.has(staged)) await publisher.putBack(staged.file, stamp);
    });
  }

  /** The text of a file as it was written; undefined when it is gone or was changed. */
  readText(stamp: FileStamp): Promise<string | undefined> {
    return this.#guard(stamp.path, async () => {
      const staged = this.#staged.get(stamp.path);
      if (staged === undefined && !this.#isAsWritten(stamp)) return undefined;
      const content = await (staged
        ? this.#parts.temporary.read(staged)
        : this.#parts.directory.read(stamp.path));
      return content !== undefined && hashText(content) === stamp.hash ? content.toString() : undefined;
    });
  }

  /** Moves a file of the item as it is; undefined when it is gone or was changed. */
  moveFile(key: string, stamp: FileStamp, target: string): Promise<FileStamp | undefined> {
    return this.#guard(target, async () => {
      if (!this.#staged.has(stamp.path) && foldName(stamp.path) === foldName(target)) await this.stage(stamp);
      const { publisher } = this.#parts;
      const staged = this.#staged.get(stamp.path);
      if (staged) return publisher.publish(key, target, staged);
      const likeness = await this.#lookAt(stamp);
      if (likeness === undefined) return undefined;
      return publisher.publish(key, target, { ...stamp, file: stamp.path, likeness });
    });
  }

  /** Takes away files that were published for an item and that its record, if it has one, does not tell. */
  withdraw(key: string, files: readonly FileStamp[]): Promise<void> {
    const { records, publisher } = this.#parts;
    return this.#guard('.rxsync', () => publisher.removeFiles(key, { files }, records.outline(key)));
  }

  /** Records what the mirror now holds of an item, and removes files that it held before and does not any more. */
  put(record: ItemRecord): Promise<void> {
    const { records, mark, publisher } = this.#parts;
    return this.#guard('.rxsync', async () => {
      const key = recordKey(record.kind, record.id);
      const before = records.outline(key);
      if (before) await publisher.leave(key, before, record);
      await records.put(mark.run, record);
      publisher.settle(record);
      if (before) await publisher.removeFiles(key, before, record);
    });
  }

  /** Forgets an item and removes its files. */
  remove(record: ItemRecord): Promise<void> {
    const { records, publisher } = this.#parts;
    return this.#guard('.rxsync', async () => {
      const key = recordKey(record.kind, record.id);
      await publisher.removeFiles(key, record, undefined);
      await publisher.removeFolder(key, record, undefined);
      await records.remove(key);
    });
  }

  /** Says what the layout is told by that all files are written for, or that they are for more than one. */
  noteLayout(digest: string | undefined): void {
    this.#layoutDigest = digest;
  }

  /** Makes everything recorded so far survive a power cut, and tells how far the run is. */
  async checkpoint(state: MirrorState): Promise<void> {
    const { records: table, temporary, mark, flush, mend } = this.#parts;
    await this.#guard('.rxsync/state.json', async () => {
      await flush();
      if (state.checkpoint === null) await mend();
      const { sizes } = table;
      const records = signMark(mark, await temporary.time());
      await writeState(temporary, { ...state, counts: countsOf(sizes), sizes, records });
    });
  }

  /** Ends the run and gives the mirror free. */
  close(): Promise<void> {
    const { publisher, left, close } = this.#parts;
    return this.#guard('.rxsync', async () => {
      let isWhole = false;
      try {
        await publisher.adoptAbandoned();
        await left.settle();
        isWhole = publisher.isSettled && (await publisher.appeared.sync());
      } finally {
        const end = { layoutDigest: this.#layoutDigest, check: () => publisher.appeared.check() };
        await close(isWhole ? end : undefined);
      }
    });
  }

  /** A temporary file that does not get to its place is not kept until the end of the run. */
  async #publish(key: string, target: string, written: TemporaryFile): Promise<FileStamp> {
    const { publisher, temporary } = this.#parts;
    try {
      return await publisher.publish(key, target, written);
    } catch (error) {
      if (error instanceof RefusedFileError) await temporary.remove(written);
      throw error;
    }
  }

  /** As what a file is found that is as it was written: undefined when it is gone or was changed. */
  async #lookAt(stamp: FileStamp): Promise<string | undefined> {
    const { directory, lookedAtMs } = this.#parts;
    const stat = directory.stat(stamp.path);
    if (!this.#isAsWritten(stamp) || stat === undefined) return undefined;
    // What nobody has touched was looked at when the run began.
    const isKnown = !isTouched(stat, lookedAtMs) || (await directory.hash(stamp.path)) === stamp.hash;
    return isKnown ? likenessOf(stat) : undefined;
  }

  #isAsWritten({ path, bytes }: FileStamp): boolean {
    const stat = this.#parts.directory.stat(path);
    return (stat?.isFile() ?? false) && stat?.size === bytes;
  }

  async #unlessRefused(target: string, work: () => Promise<void>): Promise<void> {
    try {
      await this.#guard(target, work);
    } catch (error) {
      if (!(error instanceof RefusedFileError)) throw error;
    }
  }

  #guard<T>(target: string, work: () => Promise<T>): Promise<T> {
    return withStoreFailure(`"${target}" cannot be written`, work);
  }
}
