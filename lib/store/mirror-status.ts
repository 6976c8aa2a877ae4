import type { Checkpoint, MirrorScope } from '../core/records.js';
import { type LockOwner, lockOwner } from './lock.js';
import { type LostState, lostStateIn } from './lost-state.js';
import { noMirror } from './no-mirror.js';
import type { Sizes } from './record-table.js';
import { folderAt } from './folder-at.js';
import { type MirrorState, readState } from './state-file.js';
import { withStoreFailure } from './store-failure.js';

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
  /** After a run that was killed, the first of them. */
  readonly failedItems: MirrorState['failedItems'];
  readonly failedCount: number;
  /** Listings that the last pull could not read whole. */
  readonly incomplete: MirrorState['incomplete'];
  readonly kinds: Sizes;
  /** That the state cannot be read: then only the records are told of. */
  readonly lostState?: LostState;
  /** The pull that works on the mirror at this moment. */
  readonly running?: LockOwner;
}

/** Counts the records of a mirror whose state does not tell. */
const countRecords = async (dir: string): Promise<Sizes> => {
  // What is needed for that alone takes its time to load.
  const { readMirror } = await import('./read-mirror.js');
  const mirror = await readMirror(dir);
  if (mirror === undefined) throw noMirror(dir);
  await mirror.close();
  return mirror.records.sizes;
};

/**
 * What is mirrored in `dir`, as of its last checkpoint; the files themselves are not looked at.
 * @throws NoMirrorError when there is no mirror
 * @throws StoreError when it cannot be read
 */
export const mirrorStatus = (dir: string, now: () => number): Promise<MirrorStatus> =>
  withStoreFailure(`The mirror in "${dir}" cannot be read`, async () => {
    const folder = folderAt(dir);
    if (folder === undefined) throw noMirror(dir);
    const read = await readState(folder);
    const owner = lockOwner(folder, now());
    const state = read.kind === 'read' ? read.state : undefined;
    const isCutOff = (state?.checkpoint ?? null) !== null && owner === undefined;
    // A run that was cut off has done more than it had said.
    const kinds = state === undefined || isCutOff ? await countRecords(dir) : state.sizes;
    const lostState = lostStateIn(read, kinds);
    return {
      ...(state && { scope: state.scope, spaceName: state.spaceName }),
      lastSync: state?.lastSync ?? null,
      lastFullSync: state?.lastFullSync ?? null,
      checkpoint: state?.checkpoint ?? null,
      failedItems: state?.failedItems ?? [],
      failedCount: state?.failedCount ?? 0,
      incomplete: state?.incomplete ?? [],
      kinds,
      ...(lostState && { lostState }),
      ...(owner && { running: owner }),
    };
  });
