import type { FileStamp, ItemRecord } from '../core/records.js';
import type { Kind } from '../core/kinds.js';
import { hashFile } from './hash-file.js';
import type { LockOwner } from './lock.js';
import { MirrorDirectory, parentOf } from './mirror-directory.js';
import { readExistingMirror } from './read-existing-mirror.js';
import { storeFailure } from './store-failure.js';
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
  /** Paths of files that look like rxsync's own and have no record. */
  readonly unrecorded: readonly string[];
  /** The pull that works on the mirror at this moment: what it is about to record counts as unrecorded. */
  readonly running?: LockOwner;
}

const checkFile = async (
  directory: MirrorDirectory,
  { path, bytes, hash }: FileStamp,
): Promise<'missing' | 'changed' | undefined> => {
  const stat = (await directory.hasDirectory(parentOf(path))) ? await directory.stat(path) : undefined;
  if (stat === undefined) return 'missing';
  if (!stat.isFile() || stat.size !== bytes) return 'changed';
  return (await hashFile(directory.resolve(path))) === hash ? undefined : 'changed';
};

const checkRecords = async (directory: MirrorDirectory, records: readonly ItemRecord[]) => {
  const missing: VerifiedFile[] = [];
  const changed: VerifiedFile[] = [];
  const stamps = records.flatMap(({ kind, id, files }) => files.map((stamp) => ({ kind, id, stamp })));
  for (const { kind, id, stamp } of stamps) {
    const wrong = await checkFile(directory, stamp);
    if (wrong !== undefined) (wrong === 'missing' ? missing : changed).push({ kind, id, path: stamp.path });
  }
  for (const { kind, id, directory: path } of records)
    if (path !== undefined && !(await directory.hasDirectory(path))) missing.push({ kind, id, path });
  const bytes = stamps.reduce((sum, { stamp }) => sum + stamp.bytes, 0);
  return { files: stamps.length, bytes, missing, changed };
};

const verify = async (dir: string, now: () => number): Promise<Verification> => {
  const { state, journal, owner } = await readExistingMirror(dir, now);
  const directory = new MirrorDirectory(dir);
  const records = [...journal.records.values()];
  const recorded = new Set(records.flatMap(({ files }) => files.map(({ path }) => path)));
  const space = state.kind === 'read' ? state.state.scope.space : undefined;
  return {
    ...(await checkRecords(directory, records)),
    unrecorded: await unrecordedFiles(dir, recorded, space),
    ...(owner && { running: owner }),
  };
};

/**
 * Compares the files of the mirror in `dir` with its records, by hash. Changes and locks nothing.
 * @throws NoMirrorError when there is no mirror
 * @throws StoreError when a file cannot be read
 */
export const verifyMirror = async (dir: string, now: () => number): Promise<Verification> => {
  try {
    return await verify(dir, now);
  } catch (error) {
    throw storeFailure(`The mirror in "${dir}" cannot be read`, error);
  }
};
