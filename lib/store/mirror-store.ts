import type { Readable } from 'node:stream';
import fs from 'fs-extra';
import { foldName } from '../core/file-names.js';
import { type FileStamp, type ItemRecord, asOutdated, recordKey } from '../core/records.js';
import type { Files } from './files.js';
import { hashFile, hashText } from './hash-file.js';
import type { Journal } from './journal.js';
import { KeyedQueue } from './keyed-queue.js';
import { type MirrorDirectory, parentOf } from './mirror-directory.js';
import type { Ownership } from './ownership.js';
import { type MirrorState, writeState } from './state-file.js';
import { storeFailure } from './store-failure.js';
import type { TemporaryFile, TemporaryFiles } from './temporary-files.js';

export interface MirrorStoreParts {
  readonly directory: MirrorDirectory;
  readonly journal: Journal;
  readonly temporary: TemporaryFiles;
  readonly ownership: Ownership;
  readonly records: Map<string, ItemRecord>;
  readonly stateFile: string;
  readonly files: Files;
  /** Overwrites and deletes what the user has changed instead of keeping it aside. */
  readonly force: boolean;
  readonly onKept: (path: string, keptAs: string) => void;
  /** `isClean`: every file that appeared has its record. */
  readonly close: (isClean: boolean) => Promise<void>;
}

/** Key of the work that makes and removes directories: no file path is empty. */
const DIRECTORIES = '';

/**
 * The open mirror of one run. Files appear whole, by rename; an item's record is written after its files. What the
 * user put or changed in the mirror is kept aside as `<name>.local-<n>`.
 *
 * Errors: `StoreError` for whatever the file system refuses.
 */
export class MirrorStore {
  readonly #staged = new Map<string, TemporaryFile>();
  readonly #parts: MirrorStoreParts;
  readonly #queue = new KeyedQueue();
  readonly #unrecorded = new Set<string>();

  constructor(parts: MirrorStoreParts) {
    this.#parts = parts;
  }

  /** What the mirror holds, by record key; changes with `put` and `remove`. */
  get records(): ReadonlyMap<string, ItemRecord> {
    return this.#parts.records;
  }

  /** Writes a text file of the item; a file that already has these bytes is left untouched. */
  writeText(key: string, target: string, content: string): Promise<FileStamp> {
    return this.#guard(target, async () =>
      this.#publish(key, target, await this.#parts.temporary.ofText(content)),
    );
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
    const written = await this.#parts.temporary.ofStream(stream, expectedBytes);
    return this.#guard(target, () => this.#publish(key, target, written));
  }

  makeDirectory(target: string): Promise<void> {
    return this.#guard(target, () => this.#makeDirectory(target));
  }

  /** Takes a file out of the way of others that are about to be moved there; it is still read and moved by its stamp. */
  stage(stamp: FileStamp): Promise<void> {
    const { directory, temporary } = this.#parts;
    return this.#guard(stamp.path, async () => {
      if (await this.#isAsWritten(stamp))
        this.#staged.set(stamp.path, await temporary.adopt(directory.resolve(stamp.path), stamp));
    });
  }

  /** The text of a file as it was written; undefined when it is gone or was changed. */
  readText(stamp: FileStamp): Promise<string | undefined> {
    return this.#guard(stamp.path, async () => {
      const file = this.#staged.get(stamp.path)?.file ?? this.#parts.directory.resolve(stamp.path);
      const content = await fs.readFile(file).catch(() => undefined);
      return content !== undefined && hashText(content) === stamp.hash ? content.toString() : undefined;
    });
  }

  /** Moves a file of the item as it is; undefined when it is gone or was changed. */
  moveFile(key: string, stamp: FileStamp, target: string): Promise<FileStamp | undefined> {
    return this.#guard(target, async () => {
      if (!this.#staged.has(stamp.path) && foldName(stamp.path) === foldName(target)) await this.stage(stamp);
      const staged = this.#staged.get(stamp.path);
      if (staged) return this.#publish(key, target, staged);
      if (!(await this.#isAsWritten(stamp))) return undefined;
      return this.#publish(key, target, { ...stamp, file: this.#parts.directory.resolve(stamp.path) });
    });
  }

  /** Records what the mirror now holds of an item, and removes files that it held before and does not any more. */
  put(record: ItemRecord): Promise<void> {
    const { records, journal, ownership } = this.#parts;
    return this.#guard('.rxsync', async () => {
      const key = recordKey(record.kind, record.id);
      const before = records.get(key);
      if (before) await this.#leave(key, before, record);
      journal.put(record);
      records.set(key, record);
      ownership.claim(key, record);
      for (const { path } of record.files) this.#unrecorded.delete(path);
      if (before) await this.#removeFiles(key, before, record);
    });
  }

  /** Forgets an item and removes its files. */
  remove(record: ItemRecord): Promise<void> {
    const { records, journal } = this.#parts;
    return this.#guard('.rxsync', async () => {
      const key = recordKey(record.kind, record.id);
      await this.#removeFiles(key, record, undefined);
      await this.#removeFolder(key, record, undefined);
      records.delete(key);
      journal.remove(key);
    });
  }

  /** Makes everything recorded so far survive a power cut, and tells how far the run is. */
  async checkpoint(state: MirrorState): Promise<void> {
    await this.#guard('.rxsync/state.json', async () => {
      await this.#parts.journal.flush();
      await writeState(this.#parts.stateFile, state, this.#parts.files);
    });
  }

  /** Ends the run and gives the mirror free. */
  close(): Promise<void> {
    return this.#guard('.rxsync', () => this.#parts.close(this.#unrecorded.size === 0));
  }

  async #isAsWritten({ path, bytes }: FileStamp): Promise<boolean> {
    const stat = await this.#parts.directory.stat(path);
    return (stat?.isFile() ?? false) && stat?.size === bytes;
  }

  async #publish(key: string, target: string, written: TemporaryFile): Promise<FileStamp> {
    const { directory, files } = this.#parts;
    const stamp: FileStamp = { path: target, bytes: written.bytes, hash: written.hash };
    await this.#queue.run(foldName(target), async () => {
      await this.#makeDirectory(parentOf(target));
      const way = await this.#makeWay(target, stamp);
      this.#takeOver(key, stamp);
      if (way === 'same') return fs.remove(written.file);
      // Made again: meanwhile it may have become empty and gone.
      return this.#queue.run(DIRECTORIES, async () => {
        await directory.makeDirectory(parentOf(target));
        await files.rename(written.file, directory.resolve(target));
      });
    });
    return stamp;
  }

  #makeDirectory(target: string): Promise<void> {
    return this.#queue.run(DIRECTORIES, () => this.#parts.directory.makeDirectory(target));
  }

  /** Says that the file is about to be the item's; another item that had it before is to be fetched again. */
  #takeOver(key: string, stamp: FileStamp): void {
    const { journal, ownership, records } = this.#parts;
    const owner = ownership.ownerOf(stamp.path);
    const record = owner === undefined || owner === key ? undefined : records.get(owner);
    if (owner !== undefined && record?.files.some(({ path }) => path === stamp.path)) {
      const rest = asOutdated(
        record,
        record.files.filter(({ path }) => path !== stamp.path),
      );
      records.set(owner, rest);
      journal.put(rest);
    }
    journal.will(stamp);
    ownership.expect(stamp);
    ownership.take(stamp.path, key);
    this.#unrecorded.add(stamp.path);
  }

  /** Clears the target of what is not ours; `same` when it already is what shall be written. */
  async #makeWay(target: string, stamp: FileStamp): Promise<'same' | 'free'> {
    const { directory, ownership, force } = this.#parts;
    const stat = await directory.stat(target);
    if (!stat) return 'free';
    if (!stat.isFile()) {
      await this.#keepAside(target);
      return 'free';
    }
    // After a power cut a file may be there by name only.
    if (stat.size === 0 && stamp.bytes > 0) return 'free';
    const hash = await hashFile(directory.resolve(target));
    if (hash === stamp.hash) return 'same';
    const isOurs = ownership.stampsAt(target).some((known) => known.hash === hash);
    if (!isOurs && !force) await this.#keepAside(target);
    return 'free';
  }

  async #keepAside(target: string): Promise<void> {
    const { directory, files, onKept } = this.#parts;
    let n = 1;
    while (await directory.stat(`${target}.local-${n}`)) n += 1;
    const keptAs = `${target}.local-${n}`;
    await files.rename(directory.resolve(target), directory.resolve(keptAs));
    onKept(target, keptAs);
  }

  /** The item's own files of before that are not among those of now. */
  #leftovers(key: string, before: ItemRecord, now: ItemRecord | undefined): FileStamp[] {
    const { ownership } = this.#parts;
    const kept = new Set(now?.files.map(({ path }) => path));
    return before.files.filter(({ path }) => !kept.has(path) && ownership.ownerOf(path) === key);
  }

  /**
   * What the record will not tell any more goes on being known as ours until it is gone, whatever comes between: its
   * directory goes before the record, its files are announced as if they might appear.
   */
  async #leave(key: string, before: ItemRecord, now: ItemRecord): Promise<void> {
    await this.#removeFolder(key, before, now);
    const names = new Set(now.files.map(({ path }) => foldName(path)));
    for (const stamp of this.#leftovers(key, before, now)) {
      // On a case-insensitive file system this is the new file.
      if (names.has(foldName(stamp.path))) continue;
      this.#parts.journal.will(stamp);
      this.#unrecorded.add(stamp.path);
    }
  }

  async #removeFolder(key: string, { directory }: ItemRecord, now: ItemRecord | undefined): Promise<void> {
    if (directory === undefined) return;
    if (now?.directory !== undefined && foldName(directory) === foldName(now.directory)) return;
    this.#parts.ownership.releaseFolder(directory, key);
    await this.#removeEmpty(directory);
  }

  async #removeFiles(key: string, before: ItemRecord, now: ItemRecord | undefined): Promise<void> {
    for (const stamp of this.#leftovers(key, before, now))
      await this.#guard(stamp.path, () => this.#removeFile(key, stamp, now));
  }

  #removeFile(key: string, stamp: FileStamp, now: ItemRecord | undefined): Promise<void> {
    const { directory, ownership } = this.#parts;
    const name = foldName(stamp.path);
    return this.#queue.run(name, async () => {
      if (ownership.ownerOf(stamp.path) !== key) return;
      ownership.release(stamp.path);
      const twin = now?.files.find(({ path }) => foldName(path) === name);
      const isTwin = twin !== undefined && (await directory.isSameFile(twin.path, stamp.path));
      if (!isTwin && (await directory.hasDirectory(parentOf(stamp.path)))) {
        await this.#unlink(stamp);
        await this.#removeEmpty(parentOf(stamp.path));
      }
      this.#unrecorded.delete(stamp.path);
    });
  }

  async #unlink(stamp: FileStamp): Promise<void> {
    const { directory, files, force } = this.#parts;
    const stat = await directory.stat(stamp.path);
    if (!stat?.isFile()) return;
    const file = directory.resolve(stamp.path);
    if (force || (stat.size === stamp.bytes && (await hashFile(file)) === stamp.hash))
      await files.unlink(file);
    else await this.#keepAside(stamp.path);
  }

  #removeEmpty(relative: string): Promise<void> {
    const { directory, ownership } = this.#parts;
    return this.#queue.run(DIRECTORIES, () =>
      directory.removeEmpty(relative, (each) => ownership.isFolder(each)),
    );
  }

  async #guard<T>(target: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw storeFailure(`"${target}" cannot be written`, error);
    }
  }
}
