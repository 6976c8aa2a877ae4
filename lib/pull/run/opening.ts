import type { Space } from '../../core/content.js';
import type { EventBody } from '../../events/events.js';
import type { ReadState } from '../../store/state-file.js';
import { hasStaleCheckpoint, modeOf } from './mirror-scope.js';
import type { ResolvedOptions } from './pull-options.js';

const warning = (code: string, message: string): EventBody => ({ type: 'warning', code, message });

/** What the user should know of the state that the run finds. */
const remarksOn = (read: ReadState, nowMs: number): EventBody[] => {
  return hasStaleCheckpoint(read, nowMs)
    ? [
        warning(
          'stale-checkpoint',
          'The checkpoint of the interrupted run is older than 24 hours: starting afresh.',
        ),
      ]
    : [];
};

/** The first events of a run: how it goes on from what is there. */
export const opening = (
  options: ResolvedOptions,
  read: ReadState,
  space: string,
  nowMs: number,
): EventBody[] => {
  const mode = modeOf(options, read, space, nowMs);
  const checkpoint = read.kind === 'read' && mode === 'resume' ? read.state.checkpoint : null;
  const resumed = checkpoint && { processed: checkpoint.processedCount, total: checkpoint.totalCount };
  return [{ type: 'run.started', space, mode, ...(resumed && { resumed }) }, ...remarksOn(read, nowMs)];
};

/** Tells that the mirror's space has another key than at the last pull. */
export const newKey = (read: ReadState, { key }: Space): EventBody | undefined => {
  const before = read.kind === 'read' ? read.state.scope.space : key;
  return before === key
    ? undefined
    : warning(
        'new-key',
        `The space ${before} has the key ${key} now; the mirror goes on with it, and answers to both.`,
      );
};
