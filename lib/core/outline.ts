import { accountsIn, mayInclude } from './link-state.js';
import { isWritten, type ItemRecord } from './records.js';

/** What the beginning of each run looks at in every record: a small part of it. */
export interface Outline extends Pick<
  ItemRecord,
  'kind' | 'id' | 'version' | 'files' | 'directory' | 'folder'
> {
  /** Whether its files follow from version and layout alone. */
  readonly isSettled: boolean;
  /** The accounts whose names its text mentions. */
  readonly accounts: readonly string[];
}

/** The outline of a record. */
export const outlineOf = (record: ItemRecord): Outline => {
  const { kind, id, version, files, directory, folder, references = [] } = record;
  return {
    kind,
    id,
    version,
    files,
    ...(directory !== undefined && { directory }),
    ...(folder && { folder }),
    isSettled: isWritten(record) && !mayInclude(references),
    accounts: accountsIn(references),
  };
};
