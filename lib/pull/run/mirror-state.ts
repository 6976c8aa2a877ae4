import type { Space } from '../../core/content.js';
import { recordKey } from '../../core/records.js';
import type { Kind } from '../../events/events.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import { type MirrorState, SCHEMA_VERSION } from '../../store/state-file.js';
import { scopeOf } from './mirror-scope.js';
import type { StartedRun } from './start-run.js';
import { countOf, processed } from './tally.js';

const countRecords = (store: MirrorStore): Record<Kind, number> => {
  const counts = { page: 0, blogpost: 0, folder: 0, attachment: 0, comments: 0 };
  for (const { kind } of store.records.values()) counts[kind] += 1;
  return counts;
};

export interface StateContext {
  readonly space: Space;
  readonly store: MirrorStore;
  /** Of the last complete run before this one. */
  readonly lastFullSync: string | null;
  /** Whose view of the wiki the mirror holds. */
  readonly account: string | null;
  /** Keys that the space had before. */
  readonly formerKeys: readonly string[];
}

/** The state of a mirror at this moment of the run; with a checkpoint until the run is complete. */
export const mirrorState = (run: StartedRun, context: StateContext, isComplete: boolean): MirrorState => {
  const { space, store, lastFullSync, account, formerKeys } = context;
  const tally = run.tally();
  const scope = scopeOf(run.options, space.key, space.baseUrl);
  const checkpoint = {
    scope,
    processedCount: processed(tally),
    totalCount: countOf(tally, 'listed'),
    startedAt: run.startedAt,
    failedIds: tally.failedItems.map(({ kind, id }) => recordKey(kind, id)),
  };
  return {
    schemaVersion: SCHEMA_VERSION,
    spaceName: space.name,
    spaceId: space.id,
    ...(formerKeys.length > 0 && { formerKeys: [...formerKeys] }),
    homepageId: space.homepageId ?? null,
    scope,
    account,
    lastFullSync: isComplete ? (space.serverTime ?? run.startedAt) : lastFullSync,
    checkpoint: isComplete ? null : checkpoint,
    counts: countRecords(store),
    failedItems: [...tally.failedItems],
    incomplete: [...run.incomplete()],
    notVisible: countOf(tally, 'notVisible'),
  };
};
