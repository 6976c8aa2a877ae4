import type { Sizes } from './record-table.js';
import { type ReadState, SCHEMA_VERSION } from './state-file.js';

/** That a mirror does not tell any more what it is, and what to do. */
export interface LostState {
  readonly message: string;
  readonly hint: string;
}

/** Why there is no state to read. */
export const whyLost = (read: ReadState): string => {
  if (read.kind !== 'damaged') return '.rxsync/state.json is missing';
  return read.laterVersion === undefined
    ? `.rxsync/state.json cannot be read (${read.reason})`
    : `.rxsync/state.json was written by a later version of rxsync (schemaVersion ${read.laterVersion}, this one reads ${SCHEMA_VERSION})`;
};

/** Whether a later version of rxsync can read the state. */
export const isOfLater = (read: ReadState): boolean =>
  read.kind === 'damaged' && read.laterVersion !== undefined;

/** What to do about it. */
export const lostStateHint = (read: ReadState): string =>
  isOfLater(read)
    ? 'Update rxsync. This version can go on, too: pull with `space` and the settings that it had, such as `comments`, which makes the state anew.'
    : 'Pull with `space` and the settings that it had, such as `comments`: that makes the state anew.';

/** Undefined when the state can be read, and in a mirror that holds nothing yet, which need not have one. */
export const lostStateIn = (read: ReadState, sizes: Sizes): LostState | undefined => {
  const isEmpty = Object.values(sizes).every(({ items }) => items === 0);
  if (read.kind === 'read' || (read.kind === 'none' && isEmpty)) return undefined;
  return {
    message: `${whyLost(read)}: what the mirror is, when it was synced, and what failed is not known any more.`,
    hint: lostStateHint(read),
  };
};
