import { foldName } from '../core/file-names.js';
import type { FileStamp, ItemRecord } from '../core/records.js';

/** Knows which files of a mirror are rxsync's own and which item each belongs to. */
export class Ownership {
  readonly #owner = new Map<string, string>();
  /** By folded path: on a case-insensitive file system a file answers to its earlier spelling, too. */
  readonly #stamps = new Map<string, readonly FileStamp[]>();
  readonly #folders = new Map<string, string>();

  /** The directories that stand for folders: they stay when they are empty. */
  isFolder(path: string): boolean {
    return this.#folders.has(path);
  }

  /** The files of the item are its own from now on. */
  claim(key: string, record: ItemRecord): void {
    for (const stamp of record.files) {
      this.#owner.set(stamp.path, key);
      this.#stamps.set(foldName(stamp.path), [...this.#othersAt(stamp.path), stamp]);
    }
    if (record.directory !== undefined) this.#folders.set(record.directory, key);
  }

  /** A file with these bytes may be at its path: written, or about to be. */
  expect(stamp: FileStamp): void {
    this.#stamps.set(foldName(stamp.path), [...this.stampsAt(stamp.path), stamp]);
  }

  /** The path is the item's from now on, whosever it was. */
  take(path: string, key: string): void {
    this.#owner.set(path, key);
  }

  ownerOf(path: string): string | undefined {
    return this.#owner.get(path);
  }

  release(path: string): void {
    this.#owner.delete(path);
    this.#stamps.set(foldName(path), this.#othersAt(path));
  }

  releaseFolder(path: string, key: string): void {
    if (this.#folders.get(path) === key) this.#folders.delete(path);
  }

  /** What rxsync may have written at the path. */
  stampsAt(path: string): readonly FileStamp[] {
    return this.#stamps.get(foldName(path)) ?? [];
  }

  #othersAt(path: string): readonly FileStamp[] {
    return this.stampsAt(path).filter((stamp) => stamp.path !== path);
  }
}
