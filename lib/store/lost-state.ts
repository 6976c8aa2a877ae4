import type { Sizes } from './record-table.js';
import type { ReadState } from './state-file.js';

/** That a mirror does not tell any more what it is, and what to do. */
export interface LostState {
  readonly message: string;
  readonly hint: string;
}

/** Why there is no state to read. */
export const whyLost = (read: ReadState): string =>
  read.kind === 'damaged'
    ? `.rxsync/state.json cannot be read (${read.reason})`
    : '.rxsync/state.json is missing';

/** What to do about it. */
export const LOST_STATE_HINT =
  'Pull with `space` and the settings that it had, such as `comments`: that makes the state anew.';

/** Undefined when the state can be read, and in a mirror that holds nothing yet, which need not have one. */
export const lostStateIn = (read: ReadState, sizes: Sizes): LostState | undefined => {
  const isEmpty = Object.values(sizes).every(({ items }) => items === 0);
  if (read.kind === 'read' || (read.kind === 'none' && isEmpty)) return undefined;
  return {
    message: `${whyLost(read)}: the mirror does not tell any more what it is, when it was synced, and what failed.`,
    hint: LOST_STATE_HINT,
  };
};
