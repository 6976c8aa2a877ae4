import type { Kind } from './kinds.js';
import type { ListedAttachment, ListedComment, ListedFolder, ListedPage } from './content.js';
import type { MirrorSettings } from './mirror-settings.js';

/** A file that rxsync wrote. */
export interface FileStamp {
  /** POSIX, relative to the mirror. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256, hex. */
  readonly hash: string;
}

/** Offset of an href in a rendered text, in UTF-16 units, its length, and the index of the reference it leads to. */
export type HrefSpan = readonly [offset: number, length: number, reference: number];

/** What the mirror holds of one item. `id` is the page's own for kind `comments`. */
export interface ItemRecord {
  readonly kind: Kind;
  readonly id: string;
  readonly version: number;
  /** Stands for everything beside the body that shaped the files: another one means that they are out of date. */
  readonly fingerprint: string;
  readonly files: readonly FileStamp[];
  /** What the listing said of the item, by its kind: a quick delta lists only what changed and takes the rest from here. */
  readonly page?: ListedPage;
  readonly folder?: ListedFolder;
  readonly attachment?: ListedAttachment;
  readonly comments?: readonly ListedComment[];
  /** Directory of a folder; it has no files. */
  readonly directory?: string;
  /** A page that came into the mirror though it is older than the complete pull before: it was away, or outside. */
  readonly isLate?: true;
  /** What the page's links refer to, each a compact key. */
  readonly references?: readonly string[];
  /**
   * The part of the fingerprint that only a new rendering can follow. With an equal shape, other links and another place
   * are written into the file as it is.
   */
  readonly shape?: string;
  /** Where in the rendered text (below the front matter) the links to mirrored files stand. */
  readonly spans?: readonly HrefSpan[];
}

/** The key of an item: `page:17`. The comments of a page have its id. */
export const recordKey = (kind: Kind, id: string): string => `${kind}:${id}`;

/**
 * The record of an item whose files cannot be relied on any more: no version is like it, so that the item is fetched
 * again and its files are not rewritten; what is left of them stays known as rxsync's own.
 */
export const asOutdated = (record: ItemRecord, files = record.files): ItemRecord => ({
  kind: record.kind,
  id: record.id,
  version: 0,
  fingerprint: '',
  files,
  ...(record.references && { references: record.references }),
  ...(record.directory !== undefined && { directory: record.directory }),
  ...(record.page && { page: record.page }),
  ...(record.isLate && { isLate: record.isLate }),
  ...(record.folder && { folder: record.folder }),
  ...(record.attachment && { attachment: record.attachment }),
  ...(record.comments && { comments: record.comments }),
});

/** Whether the files of a record are not known to be outdated. */
export const isWritten = ({ fingerprint }: ItemRecord): boolean => fingerprint !== '';

/** Whether it is a record of `asOutdated`. */
export const isOutdated = ({ version, fingerprint }: ItemRecord): boolean =>
  version === 0 && fingerprint === '';

/** What is mirrored and how: two pulls with equal scopes continue each other. */
export interface MirrorScope extends MirrorSettings {
  readonly site: string;
  readonly space: string;
}

/** What an interrupted run leaves behind; `null` in the state of a finished one. */
export interface Checkpoint {
  readonly scope: MirrorScope;
  readonly processedCount: number;
  readonly totalCount: number;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Record keys of the items that failed; of a run that was killed, of the first of them. */
  readonly failedIds: readonly string[];
}
