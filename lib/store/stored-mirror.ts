import type { Outline } from '../core/outline.js';
import type { ItemRecord } from '../core/records.js';
import type { Names } from './names-file.js';
import type { Records } from './record-table.js';
import type { Rows } from './rows.js';
import type { ReadState } from './state-file.js';
import type { Store } from './store.js';

/** What earlier runs have left. */
export interface StoredMirror {
  readonly state: ReadState;
  /** Of accounts, as the last pull knew them. */
  readonly names: Names;
  readonly records: Records;
  /** Keys of the records whose files are not there as they were written: they are made anew. */
  readonly unsound: ReadonlySet<string>;
  /** What is damaged, for people to read: all that is recorded is then held against the wiki. Absent: nothing. */
  readonly damage?: string | undefined;
  /** What the layout is told by that all files were written for (`Store.noteLayout`). Absent: each file's own record tells. */
  readonly layoutDigest?: string | undefined;
  /** Opens empty rows that last as long as the mirror is open. */
  readonly openScratch: () => Promise<Rows>;
  /** Ends the run: awaited after its last work, whether it succeeded or not. */
  readonly close: () => Promise<void>;
}

/** A mirror that one run works on. */
export interface OpenMirror extends StoredMirror {
  readonly store: Store;
  /** Remembers the names of accounts. */
  readonly saveNames: (names: Names) => Promise<void>;
}

/** How a mirror is read. */
export interface ReadMirrorOptions {
  /** Told of the outline of each record, once, before the mirror is open. */
  readonly onOutline?: (outline: Outline) => void;
  /** In ms since 1970. @default Date.now */
  readonly now?: () => number;
}

/** How a mirror is opened for a run. */
export interface OpenMirrorOptions extends ReadMirrorOptions {
  /** Overwrite and delete what the user has changed. @default false */
  readonly force?: boolean;
  /** Told of each local file that was kept aside. */
  readonly onKept?: (path: string, keptAs: string) => void;
  /**
   * Told of each file, and each directory of a folder, that a killed run has left behind and that is at this path no more, with its
   * item as it is in the mirror now: of its files and its directory those that are there.
   */
  readonly onSwept?: (path: string, item: ItemRecord) => void;
  /** Told of the mirror that a new one is made within. */
  readonly onWithin?: (outer: string) => void;
}
