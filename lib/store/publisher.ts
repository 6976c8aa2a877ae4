import { foldName } from '../core/file-names.js';
import { type FileStamp, type ItemRecord, asOutdated } from '../core/records.js';
import { RefusedFileError } from '../errors/refused-file-error.js';
import { adopt, adoptFiles, tellsOf } from './adopt.js';
import { AppearedFiles } from './appeared-files.js';
import type { FileTable } from './file-table.js';
import { parentOf } from './folder-paths.js';
import { KeyedQueue } from './keyed-queue.js';
import type { Leftovers } from './leftovers.js';
import { type Clearing, makeWay, takeAway } from './make-way.js';
import type { RecordTable } from './record-table.js';
import { withStoreFailure } from './store-failure.js';
import type { TemporaryFile } from './temporary-files.js';
import { likenessOf, traceOf } from './trace-of.js';

export interface PublisherParts extends Clearing {
  readonly records: RecordTable;
  readonly files: FileTable;
  readonly left: Leftovers;
  /** Number of the run. */
  readonly run: number;
}

/** What an item has. */
type Holding = Pick<ItemRecord, 'files' | 'directory'>;

/** Key of the work that makes and removes directories: no file path is empty. */
const DIRECTORIES = '';

/**
 * Lets files of items appear in the mirror, whole and by rename, and takes them away again. What is not ours is kept aside
 * as `<name>.local-<n>`. A file says whose it is before it appears, and is known until it is gone. What the file system
 * refuses is as it was before; whatever then is not as the record of the item says, the record is made to tell.
 */
export class Publisher {
  readonly #parts: PublisherParts;
  readonly #queue = new KeyedQueue();
  readonly #unrecorded = new Set<string>();
  /** Those of them that are as before a refusal, though their item has let them go meanwhile. */
  readonly #abandoned = new Set<string>();
  readonly appeared: AppearedFiles;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    this.appeared = new AppearedFiles(parts);
  }

  /** Whether every file that appeared has its record, and every one that was to go has gone. */
  get isSettled(): boolean {
    return this.#unrecorded.size === 0;
  }

  /** Lets the record of its item tell of what a refusal has left to nobody. */
  async adoptAbandoned(): Promise<void> {
    for (const path of this.#abandoned) {
      const file = this.#parts.files.find(path);
      if (file === undefined || !this.#unrecorded.has(path)) continue;
      await adopt(this.#parts, file);
      this.#unrecorded.delete(path);
    }
    this.#abandoned.clear();
  }

  /** The record of the item tells of these files now. */
  settle({ files, directory }: Holding): void {
    for (const { path } of files) this.#unrecorded.delete(path);
    if (directory !== undefined) this.#unrecorded.delete(directory);
  }

  /** Puts a file in its place; one that is there with these bytes is left untouched. */
  async publish(key: string, target: string, written: TemporaryFile): Promise<FileStamp> {
    const stamp: FileStamp = { path: target, bytes: written.bytes, hash: written.hash };
    try {
      await this.#queue.run(foldName(target), async () => {
        // What somebody puts there or changes at the last moment is looked at like what was there before.
        while (!(await this.#place(key, stamp, written)));
      });
    } catch (error) {
      if (error instanceof RefusedFileError) await this.#clearUp(key, target);
      throw error;
    }
    return stamp;
  }

  /** Makes the directory of a folder. */
  async makeDirectory(key: string, target: string): Promise<void> {
    const { directory, files } = this.#parts;
    try {
      await this.#queue.run(DIRECTORIES, () =>
        this.#unlessRefused(target, async () => {
          await files.claimFolder(key, target);
          await directory.makeDirectory(target);
        }),
      );
    } catch (error) {
      if (error instanceof RefusedFileError) await this.#clearUp(key, target);
      throw error;
    }
  }

  /** What the record will not tell any more goes on being known as ours until it is gone; its directory goes before. */
  async leave(key: string, before: Holding, now: Holding): Promise<void> {
    await this.removeFolder(key, before, now);
    for (const { path } of this.#leftovers(key, before, now)) this.#unrecorded.add(path);
  }

  /** Removes the directory of a folder if it is empty, and is not the one of now. */
  async removeFolder(key: string, { directory }: Holding, now: Holding | undefined): Promise<void> {
    const { files } = this.#parts;
    if (directory === undefined) return;
    if (now?.directory !== undefined && foldName(directory) === foldName(now.directory)) return;
    await this.#vacate(directory, files.ownerOf(directory) === key ? directory : undefined);
    await files.releaseFolder(directory, key);
  }

  /** Removes the item's files of before that are not among those of now; those that are refused stay known as its own. */
  async removeFiles(key: string, before: Holding, now: Holding | undefined): Promise<void> {
    const refusals: RefusedFileError[] = [];
    for (const stamp of this.#leftovers(key, before, now))
      try {
        await withStoreFailure(`"${stamp.path}" cannot be written`, () => this.#removeFile(key, stamp));
      } catch (error) {
        if (!(error instanceof RefusedFileError)) throw error;
        refusals.push(error);
      }
    const [refusal] = refusals;
    if (refusal === undefined) return;
    if (now !== undefined) await this.#adopt(key, this.#leftovers(key, before, now));
    throw refusal;
  }

  /** Puts a file that was taken in back to where the record of its item has it, unless something is there by now. */
  putBack(file: string, { path, hash }: FileStamp): Promise<void> {
    const { directory, files, records } = this.#parts;
    return this.#queue.run(foldName(path), async () => {
      const owner = files.ownerOf(path);
      const record = owner === undefined ? undefined : records.get(owner);
      const isTold = record?.files.some((each) => each.path === path && each.hash === hash) ?? false;
      if (isTold && directory.stat(path) === undefined)
        await this.#queue.run(DIRECTORIES, () =>
          directory.moveTo(file, path, () => directory.trace(path) === undefined),
        );
    });
  }

  /** Clears the target and puts the file there; false when the target is not any more as it was looked at. */
  async #place(key: string, stamp: FileStamp, { file, likeness }: TemporaryFile): Promise<boolean> {
    const { directory } = this.#parts;
    const { path } = stamp;
    const { isSame, seen } = await makeWay(this.#parts, stamp);
    const looked = likeness ?? likenessOf(directory.glance(file));
    return this.#takeOver(key, stamp, async () => {
      if (isSame) {
        await directory.discard(file);
        this.appeared.note(path, seen);
        return true;
      }
      const mayGo = (): boolean => directory.trace(path) === seen;
      if (!(await this.#queue.run(DIRECTORIES, () => directory.moveTo(file, path, mayGo)))) return false;
      const stat = directory.glance(path);
      // Somebody may have been there already.
      this.appeared.note(path, likenessOf(stat) === looked ? traceOf(stat) : undefined);
      return true;
    });
  }

  /**
   * Says that the file is about to be the item's, and lets it appear; another item that had it is to be fetched again. False when
   * `appear` says that it has not.
   */
  async #takeOver(key: string, stamp: FileStamp, appear: () => Promise<boolean>): Promise<boolean> {
    const { files, records, run } = this.#parts;
    const { path } = stamp;
    const owner = files.ownerOf(path);
    const recordedAt = (record: Holding | undefined): FileStamp | undefined =>
      record?.files.find((each) => each.path === path);
    const recorded = owner === undefined ? undefined : recordedAt(records.outline(owner));
    const hasAppeared = await this.#unlessRefused(path, async () => {
      await files.expect(key, stamp, recorded);
      return appear();
    });
    if (!hasAppeared) return false;
    const loser = owner === undefined || owner === key ? undefined : records.get(owner);
    if (loser && recordedAt(loser))
      await records.put(
        run,
        asOutdated(
          loser,
          loser.files.filter((each) => each.path !== path),
        ),
      );
    return true;
  }

  /** Does what makes the path an item's; when the file system refuses it, it is known as before. */
  async #unlessRefused<T>(path: string, work: () => Promise<T>): Promise<T> {
    const { files, records } = this.#parts;
    const before = files.find(path);
    const wasUnrecorded = this.#unrecorded.has(path);
    this.#unrecorded.add(path);
    this.#abandoned.delete(path);
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RefusedFileError)) throw error;
      await files.restore(path, before);
      const isTold = before === undefined || tellsOf(records.outline(before.owner), before);
      if (!isTold) this.#abandoned.add(path);
      else if (!wasUnrecorded) this.#unrecorded.delete(path);
      throw error;
    }
  }

  /**
   * After a refusal: other files of the item that have appeared are told by its record, and directories that were made for
   * nothing go.
   */
  async #clearUp(key: string, refused: string): Promise<void> {
    const { files } = this.#parts;
    const appeared = [...this.#unrecorded].flatMap((path) => {
      const file = files.find(path);
      const [stamp] = file?.owner === key ? file.stamps.slice(-1) : [];
      return stamp === undefined ? [] : { path, ...stamp };
    });
    await this.#adopt(key, appeared);
    try {
      await this.#removeEmpty(parentOf(refused));
    } catch (error) {
      if (!(error instanceof RefusedFileError)) throw error;
    }
  }

  async #adopt(key: string, stamps: readonly FileStamp[]): Promise<void> {
    await adoptFiles(this.#parts, key, stamps);
    for (const { path } of stamps) this.#unrecorded.delete(path);
  }

  /** The item's own files of before that are not among those of now. */
  #leftovers(key: string, before: Holding, now: Holding | undefined): FileStamp[] {
    const { files } = this.#parts;
    const kept = new Set(now?.files.map(({ path }) => path));
    return before.files.filter(({ path }) => !kept.has(path) && files.ownerOf(path) === key);
  }

  #removeFile(key: string, stamp: FileStamp): Promise<void> {
    const { directory, files } = this.#parts;
    const name = foldName(stamp.path);
    return this.#queue.run(name, async () => {
      if (files.ownerOf(stamp.path) !== key) return;
      // On a case-insensitive file system another spelling may be the same file, be it another item's by now.
      const isTwin = files
        .stampsAt(stamp.path)
        .some(({ path }) => path !== stamp.path && directory.isSameFile(path, stamp.path));
      if (!isTwin) {
        if (!(await takeAway(this.#parts, stamp))) this.#parts.left.noteFile(stamp);
        await this.#vacate(parentOf(stamp.path));
      }
      await files.release(stamp.path);
      this.#unrecorded.delete(stamp.path);
    });
  }

  /** Removes a directory that something of ours has left, now or later. */
  async #vacate(relative: string, leaving?: string): Promise<void> {
    for (const each of await this.#removeEmpty(relative, leaving)) this.#parts.left.noteDirectory(each);
  }

  /** Directories of folders stay, but for the one that is to go. */
  #removeEmpty(relative: string, leaving?: string): Promise<readonly string[]> {
    const { directory, files } = this.#parts;
    return this.#queue.run(DIRECTORIES, () =>
      directory.removeEmpty(relative, (each) => each !== leaving && files.isFolder(each)),
    );
  }
}
