import { accountsIn, mayInclude } from './link-state.js';
import { isWritten, type ItemRecord } from './records.js';
import { versionStamp } from './versions.js';

/** What the beginning of each run looks at in every record: a small part of it. */
export interface Outline extends Pick<
  ItemRecord,
  'kind' | 'id' | 'files' | 'directory' | 'folder' | 'isLate'
> {
  /** The stamp of the version of a page or blog post; absent where its files do not follow from that and the layout alone. */
  readonly settled?: number;
  /** The accounts whose names its text mentions. */
  readonly accounts: readonly string[];
}

/** The outline of a record. */
export const outlineOf = (record: ItemRecord): Outline => {
  const { kind, id, version, files, directory, folder, page, isLate, references = [] } = record;
  const isSettled = page !== undefined && isWritten(record) && !mayInclude(references);
  return {
    kind,
    id,
    files,
    ...(directory !== undefined && { directory }),
    ...(folder && { folder }),
    ...(isLate && { isLate }),
    ...(isSettled && { settled: versionStamp({ version, updatedAt: page.updatedAt }) }),
    accounts: accountsIn(references),
  };
};
