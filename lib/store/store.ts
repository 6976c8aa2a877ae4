import type { Readable } from 'node:stream';
import type { FileStamp, ItemRecord } from '../core/records.js';
import type { Records } from './record-table.js';
import type { MirrorState } from './state-file.js';
import type { Measured } from './write-new-file.js';

/** What a store has taken in and nobody sees yet; only the store itself looks into it. */
export type Draft = object;

/**
 * What a pull writes to: the open mirror of one run. Files belong to items (record keys, `page:17`); paths are POSIX, relative to
 * the mirror, and two spellings that differ in case only are one. The mirror in a folder is one; a mirror of one's own may be
 * anything that keeps these promises.
 *
 * Errors: `RefusedFileError` for what is refused of one file, which then is as it was: that item fails; `StoreError` for
 * whatever else is refused: the run ends.
 */
export interface Store {
  /** What the mirror holds; changes with `put` and `remove`. */
  readonly records: Records;
  /** Takes a text that is to be a file of the mirror; it is none until it is published. */
  draft(target: string, content: string): Promise<Draft>;
  /**
   * As `draft`, by somebody who writes to the file that is named and says what was written; undefined when that comes to
   * nothing. Absent: threads that render have nowhere to write to, and pages are rendered in the main thread.
   */
  draftBy?<T extends Measured>(
    target: string,
    write: (location: string) => Promise<T | undefined>,
  ): Promise<(Draft & T) | undefined>;
  /** Puts a draft of this store in its place as a file of the item, in one step. */
  publish(key: string, target: string, draft: Draft): Promise<FileStamp>;
  /** `draft` and `publish` in one. */
  writeText(key: string, target: string, content: string): Promise<FileStamp>;
  /**
   * Writes a file of the item from a stream.
   * @throws MediaError, code `media-length`, when its length is not `expectedBytes`; what the stream itself raises. Either way
   * there is no such file
   */
  writeStream(
    key: string,
    target: string,
    stream: Readable,
    expectedBytes: number | undefined,
  ): Promise<FileStamp>;
  /** Makes the directory of a folder. */
  makeDirectory(key: string, target: string): Promise<void>;
  /** Whether a file that stands at the path may be of an item. */
  isOwn(target: string): boolean;
  /** Takes a file out of the way of others that are about to be moved there; it is still read and moved by its stamp. */
  stage(stamp: FileStamp): Promise<void>;
  /** Puts a file back that was taken out of the way, if it has come to no other place. */
  unstage(stamp: FileStamp): Promise<void>;
  /** The text of a file as it was written; undefined when it is gone or was changed. */
  readText(stamp: FileStamp): Promise<string | undefined>;
  /** Moves a file of the item as it is; undefined when it is gone or was changed. */
  moveFile(key: string, stamp: FileStamp, target: string): Promise<FileStamp | undefined>;
  /**
   * Takes away files that were published for an item and that its record, if it has one, does not tell. Absent: nothing is published
   * that may be taken away again.
   */
  withdraw?(key: string, files: readonly FileStamp[]): Promise<void>;
  /** Records what the mirror now holds of an item, and removes files that it held before and does not any more. */
  put(record: ItemRecord): Promise<void>;
  /** Forgets an item and removes its files. */
  remove(record: ItemRecord): Promise<void>;
  /** Says what the layout is told by that all files are written for, or that they are for more than one: undefined. */
  noteLayout(digest: string | undefined): void;
  /** Keeps how far the run is, and everything recorded so far. */
  checkpoint(state: MirrorState): Promise<void>;
}
