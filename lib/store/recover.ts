import fs from 'fs-extra';
import { type FileStamp, type ItemRecord, asOutdated, recordKey } from '../core/records.js';
import { hashFile } from './hash-file.js';
import type { Journal, JournalContent } from './journal.js';
import { type MirrorDirectory, parentOf } from './mirror-directory.js';

export interface Unclean {
  readonly directory: MirrorDirectory;
  readonly content: JournalContent;
  /** Keys of the records whose files are whole. */
  readonly sound: ReadonlySet<string>;
}

/** Which of the intended files stands at their path; one without content is what a power cut leaves of any. */
const findAppeared = async (
  directory: MirrorDirectory,
  target: string,
  stamps: readonly FileStamp[],
): Promise<FileStamp | undefined> => {
  const stat = (await directory.hasDirectory(parentOf(target))) ? await directory.stat(target) : undefined;
  if (!stat?.isFile()) return undefined;
  const hash = await hashFile(directory.resolve(target));
  return (
    stamps.find((stamp) => stamp.hash === hash) ??
    (stat.size === 0 ? { path: target, bytes: 0, hash } : undefined)
  );
};

const ownersOf = (records: Iterable<ItemRecord>): Map<string, string> => {
  const owners = new Map<string, string>();
  for (const { kind, id, files } of records)
    for (const file of files) owners.set(file.path, recordKey(kind, id));
  return owners;
};

/** Removes the files that appeared and have no record; returns those that have one which does not tell of them. */
const sweep = async ({ directory, content, sound }: Unclean): Promise<Map<string, FileStamp | undefined>> => {
  const records = [...content.records.values()];
  const owners = ownersOf(records);
  const folders = new Set(records.map((record) => record.directory));
  const replaced = new Map<string, FileStamp | undefined>();
  for (const [target, stamps] of content.intents) {
    const owner = owners.get(target);
    if (owner !== undefined && sound.has(owner)) continue;
    const stamp = await findAppeared(directory, target, stamps);
    if (owner !== undefined) replaced.set(target, stamp);
    else {
      if (stamp) await fs.unlink(directory.resolve(target));
      await directory.removeEmpty(parentOf(target), (each) => folders.has(each));
    }
  }
  return replaced;
};

/**
 * Puts right what an unclean end has left: files that appeared without a record go, records that do not tell any more
 * what their files hold become outdated. Done again after a crash it comes to the same.
 */
export const recover = async (unclean: Unclean, journal: Journal): Promise<void> => {
  const { records, unsure } = unclean.content;
  const replaced = await sweep(unclean);
  for (const [key, record] of records) {
    const isDoubtful = unsure.has(key) || record.files.some(({ path }) => replaced.has(path));
    if (!isDoubtful || unclean.sound.has(key)) continue;
    const files = record.files.map((file) => replaced.get(file.path) ?? file);
    records.set(key, asOutdated(record, files));
    journal.put(asOutdated(record, files));
  }
};
