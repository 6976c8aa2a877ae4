import type { Checkpoint } from '../core/records.js';
import { countDone } from '../core/count-done.js';
import { EXIT } from '../errors/rxsync-error.js';
import { lostStateHint, whyLost } from '../store/lost-state.js';
import type { ReadState } from '../store/state-file.js';
import type { LockOwner } from '../store/lock.js';
import { type Finding, ok, warning } from './finding.js';

/** A mirror as it lies there. */
export interface MirrorHealth {
  readonly state: ReadState;
  readonly items: number;
  /** How many of them have files that are not as they were written. */
  readonly unsound: number;
  /** What of the records is damaged, in words. */
  readonly damage: string | undefined;
  /** The pull that works on it at this moment. */
  readonly owner: LockOwner | undefined;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const PULL = 'rxsync pull puts it right.';

const howFar = (checkpoint: Checkpoint, lastSync: string | null, recorded: number): string =>
  checkpoint.totalCount === 0
    ? 'before its listing was complete'
    : `after ${countDone({ checkpoint, lastSync, recorded })} of ${counted(checkpoint.totalCount, 'item')}`;

/** A mirror that holds nothing yet need not have one. */
const isStateLost = ({ state, items }: MirrorHealth): boolean =>
  state.kind === 'damaged' || (state.kind === 'none' && items > 0);

/** What is wrong with a mirror, the gravest first: what it is, and what to do. */
const ailments = (mirror: MirrorHealth): (readonly [string, string])[] => {
  const { state: read, items, unsound, damage, owner } = mirror;
  const state = read.kind === 'read' ? read.state : undefined;
  const checkpoint = state?.checkpoint ?? null;
  const found: (readonly [string, string] | false)[] = [
    owner !== undefined && [
      `A pull is at work on it (process ${owner.pid} on ${owner.host}, since ${owner.startedAt}).`,
      'Wait until it has ended, or stop it with Ctrl-C: it goes on from there the next time.',
    ],
    isStateLost(mirror) && [
      `${whyLost(read)}: what the mirror is, is not known any more.`,
      lostStateHint(read),
    ],
    damage !== undefined && [`The records are damaged: ${damage}.`, PULL],
    unsound > 0 && [
      `Files of ${counted(unsound, 'item')} are missing or changed; rxsync verify names them.`,
      PULL,
    ],
    state !== undefined &&
      checkpoint !== null && [
        `The pull of ${checkpoint.startedAt} was interrupted ${howFar(checkpoint, state.lastSync, items)}.`,
        'rxsync pull goes on from there.',
      ],
    state !== undefined &&
      state.failedCount > 0 && [
        `${counted(state.failedCount, 'item')} failed in the last pull; rxsync status names them.`,
        'rxsync pull tries them again.',
      ],
    state !== undefined &&
      state.incomplete.length > 0 && [
        `The last pull could not list ${state.incomplete.map(({ of }) => of).join(', ')} whole.`,
        'rxsync status tells why; rxsync pull lists them again.',
      ],
  ];
  return found.flatMap((ailment) => (ailment === false ? [] : [ailment]));
};

/** How the mirror in the folder does; `undefined` when there is none. `isSpaceNamed`: a pull need not learn the space from it. */
export const mirrorFinding = (mirror: MirrorHealth | undefined, isSpaceNamed: boolean): Finding => {
  if (mirror === undefined) return ok('mirror', 'There is none in the folder yet.');
  const [ailment] = ailments(mirror);
  if (ailment) {
    const found = warning('mirror', ...ailment);
    const isRefused = isStateLost(mirror) && !isSpaceNamed;
    return isRefused ? { ...found, health: 'failed', exitCode: EXIT.usage } : found;
  }
  const { state, items } = mirror;
  const last = state.kind === 'read' ? state.state.lastFullSync : null;
  return ok('mirror', `All ${items} items are whole, as of ${last ?? 'no complete pull yet'}.`);
};
