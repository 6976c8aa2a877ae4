import type { Space } from '../../core/content.js';
import { recordKey } from '../../core/records.js';
import type { Kind } from '../../core/kinds.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import { type MirrorState, type ReadState, SCHEMA_VERSION } from '../../store/state-file.js';
import { formerKeys, scopeOf } from './mirror-scope.js';
import type { StartedRun } from './start-run.js';
import { countOf, countProcessed } from './tally.js';

const countRecords = (store: MirrorStore): Record<Kind, number> => {
  const counts = { page: 0, blogpost: 0, folder: 0, attachment: 0, comments: 0 };
  for (const { kind } of store.records.values()) counts[kind] += 1;
  return counts;
};

export interface StateContext {
  readonly space: Space;
  /** The state that the run has found. */
  readonly read: ReadState;
  readonly store: MirrorStore;
  /** Whose view of the wiki the mirror holds. */
  readonly account: string | null;
  /** Whether only what has changed was listed. */
  readonly isQuick: boolean;
}

/** The state of a mirror at this moment of the run; with a checkpoint until the run is complete. */
export const mirrorState = (run: StartedRun, context: StateContext, isComplete: boolean): MirrorState => {
  const { space, read, store, account, isQuick } = context;
  const former = formerKeys(read, space);
  const before = read.kind === 'read' ? read.state : { lastSync: null, lastFullSync: null };
  const syncedAt = space.serverTime ?? run.startedAt;
  const tally = run.tally();
  const scope = scopeOf(run.options, space.key, space.baseUrl);
  const checkpoint = {
    scope,
    processedCount: countProcessed(tally),
    totalCount: countOf(tally, 'listed'),
    startedAt: run.startedAt,
    failedIds: tally.failedItems.map(({ kind, id }) => recordKey(kind, id)),
  };
  return {
    schemaVersion: SCHEMA_VERSION,
    spaceName: space.name,
    spaceId: space.id,
    ...(former.length > 0 && { formerKeys: [...former] }),
    homepageId: space.homepageId ?? null,
    scope,
    account,
    lastSync: isComplete ? syncedAt : before.lastSync,
    lastFullSync: isComplete && !isQuick ? syncedAt : before.lastFullSync,
    checkpoint: isComplete ? null : checkpoint,
    counts: countRecords(store),
    failedItems: [...tally.failedItems],
    incomplete: [...run.incomplete()],
    notVisible: countOf(tally, 'notVisible'),
  };
};
