import { countsOf } from '../../lib/store/record-table.js';
import { type MirrorState, type ReadState, SCHEMA_VERSION, type State } from '../../lib/store/state-file.js';
import { signMark } from '../../lib/store/store-mark.js';
import { SPACE } from './fake-wiki.js';
import { memoryRecords } from './memory-records.js';

/** The state of a mirror of {@link SPACE} that has never been whole. */
export const mirrorStateWith = (changes: Partial<MirrorState> = {}): MirrorState => ({
  schemaVersion: SCHEMA_VERSION,
  spaceName: SPACE.name,
  spaceId: SPACE.id,
  homepageId: SPACE.homepageId ?? null,
  scope: {
    site: SPACE.baseUrl,
    space: SPACE.key,
    format: 'markdown',
    attachments: 'all',
    comments: false,
    labels: false,
    flavor: 'github',
  },
  account: null,
  lastSync: null,
  lastFullSync: null,
  checkpoint: null,
  failedItems: [],
  failedCount: 0,
  incomplete: [],
  notVisible: 0,
  ...changes,
});

/** The file of a run's state, with what the store adds for a mirror of nothing. */
export const stateOf = (state: MirrorState): State => {
  const { sizes } = memoryRecords();
  return { ...state, counts: countsOf(sizes), sizes, records: signMark({ id: 'store-1', run: 1 }, 0) };
};

/** The same as it is read. */
export const heldWith = (changes: Partial<MirrorState> = {}): ReadState => ({
  kind: 'read',
  state: stateOf(mirrorStateWith(changes)),
});
