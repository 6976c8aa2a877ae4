import type { Checkpoint, ItemRecord, MirrorScope } from '../core/records.js';
import type { Kind } from '../core/kinds.js';
import type { LockOwner } from './lock.js';
import { readExistingMirror } from './read-existing-mirror.js';
import type { MirrorState } from './state-file.js';

/** How much of one kind a mirror holds. */
export interface KindSize {
  readonly items: number;
  readonly files: number;
  readonly bytes: number;
}

/** What a mirror holds and how its last pull ended. */
export interface MirrorStatus {
  /** Undefined when `.rxsync/state.json` is missing or cannot be read: the next pull makes it anew. */
  readonly scope?: MirrorScope;
  readonly spaceName?: string;
  /** ISO 8601; null before the first complete pull. */
  readonly lastSync: string | null;
  readonly lastFullSync: string | null;
  /** Null unless the last pull was interrupted, or one is at work. */
  readonly checkpoint: Checkpoint | null;
  readonly failedItems: MirrorState['failedItems'];
  /** Listings that the last pull could not read whole. */
  readonly incomplete: MirrorState['incomplete'];
  readonly kinds: Readonly<Record<Kind, KindSize>>;
  /** The pull that works on the mirror at this moment. */
  readonly running?: LockOwner;
}

const sizeOf = (records: readonly ItemRecord[]): KindSize => {
  const files = records.flatMap((record) => record.files);
  return {
    items: records.length,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  };
};

/**
 * What is mirrored in `dir`, by its records; the files themselves are not looked at.
 * @throws NoMirrorError when there is no mirror
 */
export const mirrorStatus = async (dir: string, now: () => number): Promise<MirrorStatus> => {
  const { state: read, journal, owner } = await readExistingMirror(dir, now);
  const state = read.kind === 'read' ? read.state : undefined;
  const sizes = (kind: Kind): KindSize =>
    sizeOf([...journal.records.values()].filter((record) => record.kind === kind));
  return {
    ...(state && { scope: state.scope, spaceName: state.spaceName }),
    lastSync: state?.lastSync ?? null,
    lastFullSync: state?.lastFullSync ?? null,
    checkpoint: state?.checkpoint ?? null,
    failedItems: state?.failedItems ?? [],
    incomplete: state?.incomplete ?? [],
    kinds: {
      page: sizes('page'),
      blogpost: sizes('blogpost'),
      folder: sizes('folder'),
      attachment: sizes('attachment'),
      comments: sizes('comments'),
    },
    ...(owner && { running: owner }),
  };
};
