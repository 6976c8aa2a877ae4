import { type FileStamp, type ItemRecord, recordKey } from '../core/records.js';
import { adopt } from './adopt.js';
import { isTouched } from './check-records.js';
import type { FileTable } from './file-table.js';
import type { MirrorDirectory } from './mirror-directory.js';
import type { RecordTable } from './record-table.js';
import { readClaims } from './unrecorded-files.js';

export interface Damaged {
  readonly directory: MirrorDirectory;
  readonly records: RecordTable;
  readonly files: FileTable;
  readonly run: number;
  /** The space that the mirror holds, where that is known. */
  readonly space: string | undefined;
  /** Either the records or the list of files lack nothing: a file with another content is not ours. */
  readonly isOneWhole: boolean;
  /** When the last run that ended cleanly has ended, by the clock of the file system. */
  readonly cleanAtMs: number;
  /** Whether no run was at work at a time: what appeared then is not ours. */
  readonly isBetweenRuns: (atMs: number) => boolean;
}

/** Gives the files back to the records that tell of them. */
const claim = async ({ files }: Damaged, record: ItemRecord): Promise<void> => {
  const key = recordKey(record.kind, record.id);
  for (const stamp of record.files)
    if (!files.stampsAt(stamp.path).some(({ path, hash }) => path === stamp.path && hash === stamp.hash))
      await files.expect(
        key,
        stamp,
        files.stampsAt(stamp.path).find(({ path }) => path === stamp.path),
      );
  if (record.directory !== undefined && !files.isFolder(record.directory))
    await files.claimFolder(key, record.directory);
};

/**
 * Whether a file with a content that nobody tells of may be the item's: not another's, put there by a run, and not touched
 * since the last one.
 */
const isBelievable = (
  { directory, files, cleanAtMs, isBetweenRuns }: Damaged,
  owner: string,
  { path }: FileStamp,
): boolean => {
  const known = files.ownerOf(path);
  const stat = directory.stat(path);
  if (stat === undefined || (known !== undefined && known !== owner)) return false;
  return !isTouched(stat, cleanAtMs) && !isBetweenRuns(stat.ctimeMs);
};

/** Takes the word of files that say which item they are of, and that nobody has touched since the last run. */
const believeFiles = async (damaged: Damaged): Promise<void> => {
  const { directory, files, space } = damaged;
  for (const [owner, stamps] of await readClaims(directory, space)) {
    if (!stamps.every((stamp) => isBelievable(damaged, owner, stamp))) continue;
    for (const stamp of stamps) {
      const known = files.stampsAt(stamp.path);
      if (known.some(({ path, hash }) => path === stamp.path && hash === stamp.hash)) continue;
      await files.expect(
        owner,
        stamp,
        known.find(({ path }) => path === stamp.path),
      );
      await adopt(damaged, { path: stamp.path, owner, run: damaged.run, stamps: [stamp] });
    }
  }
};

/**
 * Makes the records of a damaged mirror anew, of what is left of them, of what is left of the list of files, and of what
 * the files say of themselves. Whatever was lost is fetched again; nothing of ours becomes unknown, to stay behind.
 */
export const rebuild = async (damaged: Damaged): Promise<void> => {
  await damaged.records.outlineAnew();
  for await (const file of damaged.files.all()) await adopt(damaged, file);
  for await (const record of damaged.records.all()) await claim(damaged, record);
  if (!damaged.isOneWhole) await believeFiles(damaged);
};
