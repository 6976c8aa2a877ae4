import type { FileStamp, ItemRecord } from '../core/records.js';
import { hashFile } from './hash-file.js';
import type { JournalContent } from './journal.js';
import type { MirrorDirectory } from './mirror-directory.js';

/** How closely to look at the files of a record. */
interface Doubt {
  /** Look at the content of every file. */
  readonly byHash: boolean;
  /** Look at the content of files that were written at this time or later. */
  readonly sinceMs: number;
}

const isWhole = async (
  directory: MirrorDirectory,
  stamp: FileStamp,
  { byHash, sinceMs }: Doubt,
): Promise<boolean> => {
  const stat = await directory.stat(stamp.path);
  if (!stat?.isFile() || stat.size !== stamp.bytes) return false;
  if (!byHash && stat.mtimeMs < sinceMs) return true;
  return (await hashFile(directory.resolve(stamp.path))) === stamp.hash;
};

const isRecordWhole = async (
  directory: MirrorDirectory,
  record: ItemRecord,
  doubt: Doubt,
): Promise<boolean> => {
  if (record.directory !== undefined) return (await directory.stat(record.directory))?.isDirectory() ?? false;
  for (const stamp of record.files) if (!(await isWhole(directory, stamp, doubt))) return false;
  return true;
};

/**
 * Keys of the records whose files are there: by presence and size, and by hash for files that were written since the
 * journal was and for records that an unclean end left unsure or whose files it may have replaced. The items of the
 * others have to be fetched again.
 */
export const soundRecords = async (
  directory: MirrorDirectory,
  { records, unsure, intents }: JournalContent,
  journalWrittenMs: number,
): Promise<ReadonlySet<string>> => {
  const sound = new Set<string>();
  for (const [key, record] of records) {
    const byHash = unsure.has(key) || record.files.some((stamp) => intents.has(stamp.path));
    if (await isRecordWhole(directory, record, { byHash, sinceMs: journalWrittenMs })) sound.add(key);
  }
  return sound;
};
