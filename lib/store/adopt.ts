import { KINDS } from '../core/kinds.js';
import { asOutdated, type FileStamp, type ItemRecord } from '../core/records.js';
import type { OwnFile } from './file-table.js';
import type { RecordTable } from './record-table.js';

export interface Adopter {
  readonly records: RecordTable;
  readonly run: number;
}

/** Whether the record of an item tells of the file or directory. */
export const tellsOf = (
  record: Pick<ItemRecord, 'files' | 'directory'> | undefined,
  { path, isDirectory }: OwnFile,
): boolean =>
  record !== undefined &&
  (isDirectory === true ? record.directory === path : record.files.some((file) => file.path === path));

/** The record of an item, or one of which nothing is known but that there is an item; undefined for what is no key of one. */
export const recordOrBlank = (records: RecordTable, key: string): ItemRecord | undefined => {
  const record = records.get(key);
  if (record !== undefined) return record;
  const [name, id] = key.split(':', 2);
  const kind = KINDS.find((each) => each === name);
  return kind === undefined || id === undefined
    ? undefined
    : { kind, id, version: 0, fingerprint: '', files: [] };
};

/** Lets the record of an item tell of these files, too, so that it is fetched again and they are known as its own. */
export const adoptFiles = async (
  { records, run }: Adopter,
  key: string,
  stamps: readonly FileStamp[],
): Promise<void> => {
  const record = recordOrBlank(records, key);
  if (record === undefined || stamps.length === 0) return;
  const paths = new Set(stamps.map(({ path }) => path));
  const others = record.files.filter(({ path }) => !paths.has(path));
  await records.put(run, asOutdated(record, [...others, ...stamps]));
};

/** Gives the item a file or directory back that its record does not tell of. */
export const adopt = async (adopter: Adopter, file: OwnFile): Promise<void> => {
  const { records, run } = adopter;
  const { owner, path, stamps, isDirectory } = file;
  const record = recordOrBlank(records, owner);
  if (record === undefined || tellsOf(record, file)) return;
  const [stamp] = stamps.slice(-1);
  if (stamp !== undefined) await adoptFiles(adopter, owner, [{ path, ...stamp }]);
  else if (isDirectory === true && record.directory === undefined)
    await records.put(run, { ...asOutdated(record), directory: path });
};
