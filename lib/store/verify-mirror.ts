import { type FileStamp, isOutdated, recordKey } from '../core/records.js';
import type { Kind } from '../core/kinds.js';
import { RefusedFileError } from '../errors/refused-file-error.js';
import { SymbolicLinkError } from '../errors/symbolic-link-error.js';
import type { LockOwner } from './lock.js';
import { isTouched } from './check-records.js';
import { type LostState, lostStateIn } from './lost-state.js';
import { MirrorDirectory } from './mirror-directory.js';
import { noMirror } from './no-mirror.js';
import { readMirror, type ReadMirror } from './read-mirror.js';
import type { MirrorState } from './state-file.js';
import type { Records } from './record-table.js';
import { knownUntilMs } from './store-mark.js';
import { withStoreFailure } from './store-failure.js';
import { unrecordedFiles } from './unrecorded-files.js';

/** A recorded file, or the directory of a folder, and the item that it belongs to. */
export interface VerifiedFile {
  readonly kind: Kind;
  readonly id: string;
  readonly path: string;
}

/** How a mirror differs from its records. */
export interface Verification {
  readonly files: number;
  readonly bytes: number;
  readonly missing: readonly VerifiedFile[];
  /** Files whose content is not what was written. */
  readonly changed: readonly VerifiedFile[];
  /** Those of the changed files that have kept size and times, as rot leaves them: a pull does not look into them. */
  readonly rotten: readonly VerifiedFile[];
  /** Files that are behind a symbolic link, so that no pull will touch them. */
  readonly linked: readonly VerifiedFile[];
  /** Files that the system does not let us read: whether they are as they were written is not known. */
  readonly unreadable: readonly VerifiedFile[];
  /** Paths of files that look like rxsync's own and have no record; none while a pull is at work, which is about to record some. */
  readonly unrecorded: readonly string[];
  /** Those of the unrecorded files that a run has written which was cut off: the next pull records them, or takes them away. */
  readonly unfinished: readonly string[];
  /** What of the records is damaged, in words: the files that they told of are unrecorded then. */
  readonly damage?: string;
  /** That the state cannot be read: what the last pull has left behind is not known then. */
  readonly lostState?: LostState;
  /** Items that the last pull has left behind. */
  readonly failedItems: MirrorState['failedItems'];
  readonly failedCount: number;
  /** Listings that the last pull could not read whole. */
  readonly incomplete: MirrorState['incomplete'];
  /** The pull that works on the mirror at this moment. */
  readonly running?: LockOwner;
}

type Wrong = 'missing' | 'changed' | 'rotten' | 'linked' | 'unreadable';

const lookAt = async (
  directory: MirrorDirectory,
  { path, bytes, hash }: FileStamp,
  sinceMs: number,
): Promise<Wrong | undefined> => {
  const stat = directory.stat(path);
  if (stat === undefined) return 'missing';
  if (!stat.isFile() || stat.size !== bytes) return 'changed';
  if ((await directory.hash(path)) === hash) return undefined;
  return isTouched(stat, sinceMs) ? 'changed' : 'rotten';
};

const unlessRefused = async (look: () => Promise<Wrong | undefined>): Promise<Wrong | undefined> => {
  try {
    return await look();
  } catch (error) {
    if (error instanceof SymbolicLinkError) return 'linked';
    if (error instanceof RefusedFileError) return 'unreadable';
    throw error;
  }
};

/** Whether an item is to be fetched again: what stands in its place is looked into before. */
const isToBeFetched = (records: Records, { kind, id }: VerifiedFile): boolean => {
  const record = records.get(recordKey(kind, id));
  return record === undefined || isOutdated(record);
};

const checkRecords = async (
  directory: MirrorDirectory,
  { records, clean }: ReadMirror,
  signal: AbortSignal | undefined,
) => {
  const wrong: Record<Wrong, VerifiedFile[]> = {
    missing: [],
    changed: [],
    rotten: [],
    linked: [],
    unreadable: [],
  };
  const recorded = new Set<string>();
  const check = async (file: VerifiedFile, look: () => Promise<Wrong | undefined>): Promise<void> => {
    const found = await unlessRefused(look);
    if (found === undefined) return;
    wrong[found === 'rotten' && isToBeFetched(records, file) ? 'changed' : found].push(file);
  };
  let bytes = 0;
  for await (const some of records.outlines())
    for (const { run, outline } of some) {
      const { kind, id, files, directory: path } = outline;
      signal?.throwIfAborted();
      for (const stamp of files) {
        recorded.add(stamp.path);
        bytes += stamp.bytes;
        await check({ kind, id, path: stamp.path }, () => lookAt(directory, stamp, knownUntilMs(clean, run)));
      }
      if (path !== undefined)
        await check({ kind, id, path }, () =>
          Promise.resolve(directory.hasDirectory(path) ? undefined : 'missing'),
        );
    }
  const changed = [...wrong.changed, ...wrong.rotten];
  return { recorded, counted: { files: recorded.size, bytes, ...wrong, changed } };
};

const verify = async (mirror: ReadMirror, signal: AbortSignal | undefined): Promise<Verification> => {
  const { folder, state: read, records, files, damage, owner } = mirror;
  const state = read.kind === 'read' ? read.state : undefined;
  const directory = new MirrorDirectory(folder);
  const { recorded, counted } = await checkRecords(directory, mirror, signal);
  const lostState = lostStateIn(read, records.sizes);
  // Of what a pull at work has written nobody can tell what it is about to record.
  const unrecorded =
    owner === undefined ? await unrecordedFiles(directory, recorded, state?.scope.space) : [];
  return {
    ...counted,
    unrecorded,
    unfinished: unrecorded.filter((path) => files.find(path) !== undefined),
    ...(damage !== undefined && { damage }),
    ...(lostState && { lostState }),
    failedItems: state?.failedItems ?? [],
    failedCount: state?.failedCount ?? 0,
    incomplete: state?.incomplete ?? [],
    ...(owner && { running: owner }),
  };
};

/**
 * Compares the files of the mirror in `dir` with its records, by hash. Changes and locks nothing. `signal` ends it.
 * @throws NoMirrorError when there is no mirror
 * @throws StoreError when rxsync's own files cannot be read
 */
export const verifyMirror = (dir: string, now: () => number, signal?: AbortSignal): Promise<Verification> =>
  withStoreFailure(`The mirror in "${dir}" cannot be read`, async () => {
    const mirror = await readMirror(dir, { now });
    if (mirror === undefined) throw noMirror(dir);
    try {
      return await verify(mirror, signal);
    } finally {
      await mirror.close();
    }
  });
