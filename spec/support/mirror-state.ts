import { type MirrorState, type ReadState, SCHEMA_VERSION } from '../../lib/store/state-file.js';
import { SPACE } from './fake-wiki.js';

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
  counts: {},
  failedItems: [],
  incomplete: [],
  notVisible: 0,
  ...changes,
});

/** The same as it is read. */
export const heldWith = (changes: Partial<MirrorState> = {}): ReadState => ({
  kind: 'read',
  state: mirrorStateWith(changes),
});
