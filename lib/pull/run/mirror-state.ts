import type { Space } from '../../core/content.js';
import { recordKey } from '../../core/records.js';
import { type MirrorState, type ReadState, SCHEMA_VERSION } from '../../store/state-file.js';
import { formerKeys, scopeOf } from './mirror-scope.js';
import { changesKnownUntil, watermark } from '../../core/watermark.js';
import type { StartedRun } from './start-run.js';
import { countFailedItems, countOf, countProcessed, failedItemsOf } from './tally.js';

export interface StateContext {
  readonly space: Space;
  /** The state that the run has found. */
  readonly read: ReadState;
  /** Whose view of the wiki the mirror holds. */
  readonly account: string | null;
  /** Whether only what has changed was listed. */
  readonly isQuick: boolean;
  /** The newest change that was listed, ISO 8601; undefined when none was. */
  readonly newest?: string | undefined;
}

/** The run is at work, has stopped before its end, or is complete. */
export type Moment = 'working' | 'stopped' | 'complete';

/** What is written every few seconds names so many failed items, however many there are. */
const FIRST_FAILED = 100;

/** The state of a mirror at a moment of the run; with a checkpoint until the run is complete. */
export const mirrorState = (run: StartedRun, context: StateContext, moment: Moment): MirrorState => {
  const isComplete = moment === 'complete';
  const { space, read, account, isQuick } = context;
  const former = formerKeys(read, space);
  const before: Pick<MirrorState, 'lastSync' | 'lastFullSync' | 'knownUntil'> =
    read.kind === 'read' ? read.state : { lastSync: null, lastFullSync: null };
  const syncedAt = watermark({ ours: run.startedAt, theirs: space.serverTime, before: before.lastSync });
  const knownBefore = before.knownUntil ?? before.lastSync;
  const knownUntil = isComplete
    ? changesKnownUntil({ syncedAt, newest: context.newest, before: knownBefore, isQuick })
    : before.knownUntil;
  const tally = run.tally();
  const failedItems = failedItemsOf(tally, moment === 'working' ? FIRST_FAILED : Infinity);
  const scope = scopeOf(run.options, space.key, space.baseUrl);
  const checkpoint = {
    scope,
    processedCount: countProcessed(tally),
    totalCount: countOf(tally, 'listed'),
    startedAt: run.startedAt,
    failedIds: failedItems.map(({ kind, id }) => recordKey(kind, id)),
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
    ...(knownUntil !== undefined && { knownUntil }),
    lastFullSync: isComplete && !isQuick ? syncedAt : before.lastFullSync,
    checkpoint: isComplete ? null : checkpoint,
    failedItems,
    failedCount: countFailedItems(tally),
    incomplete: [...run.incomplete()],
    notVisible: countOf(tally, 'notVisible'),
  };
};
