import { type KindTotals, type LaneProgress, type Totals } from '../../events/events.js';
import { type Kind, KINDS } from '../../core/kinds.js';
import { type FailedItem } from '../../events/failed-item.js';
import type { Step } from './step.js';

/** Failed items, the last one first: one more is added without a copy of the others. */
interface Failures {
  readonly count: number;
  readonly last: FailedItem;
  readonly before: Failures | undefined;
}

/** The running account of a pull: what was listed and what became of it. */
export interface Tally {
  readonly totals: Totals;
  readonly failures: Failures | undefined;
  /** Bytes of all files written. */
  readonly bytes: number;
  readonly attachmentBytes: number;
}

const NOTHING: KindTotals = {
  listed: 0,
  written: 0,
  unchanged: 0,
  moved: 0,
  failed: 0,
  notVisible: 0,
  deleted: 0,
};

export const emptyTally: Tally = {
  totals: { page: NOTHING, blogpost: NOTHING, folder: NOTHING, attachment: NOTHING, comments: NOTHING },
  failures: undefined,
  bytes: 0,
  attachmentBytes: 0,
};

const add = (tally: Tally, kind: Kind, what: keyof KindTotals, count: number): Tally => {
  const before = tally.totals[kind];
  return { ...tally, totals: { ...tally.totals, [kind]: { ...before, [what]: before[what] + count } } };
};

/** How many items have failed. */
export const countFailedItems = ({ failures }: Tally): number => failures?.count ?? 0;

/** The items that have failed, in this order; the first `most` of them. */
export const failedItemsOf = ({ failures }: Tally, most = Infinity): FailedItem[] => {
  const items: FailedItem[] = [];
  for (let at = failures; at !== undefined; at = at.before) if (at.count <= most) items.push(at.last);
  return items.reverse();
};

export const addStep = (tally: Tally, step: Step): Tally => {
  if (step.type === 'event') return tally;
  if (step.type === 'listed') return add(tally, step.kind, 'listed', step.count);
  const { kind, result, count = 1, bytes = 0, failed } = step;
  const added = add(tally, kind, result, count);
  return {
    ...added,
    bytes: added.bytes + bytes,
    attachmentBytes: added.attachmentBytes + (kind === 'attachment' ? bytes : 0),
    failures: failed
      ? { count: countFailedItems(added) + 1, last: failed, before: added.failures }
      : added.failures,
  };
};

/** Items of a kind that have come to their end. */
const countSettled = ({ written, unchanged, moved, failed, notVisible }: KindTotals): number =>
  written + unchanged + moved + failed + notVisible;

/** The kinds whose account does not balance: something listed has come to no end. */
export const unbalancedKinds = ({ totals }: Tally): readonly Kind[] =>
  KINDS.filter((kind) => totals[kind].listed !== countSettled(totals[kind]));

export const progressOf = ({ totals }: Tally, kinds: readonly Kind[]): LaneProgress =>
  kinds.reduce(
    (sum, kind) => ({
      done: sum.done + countSettled(totals[kind]) - totals[kind].failed,
      failed: sum.failed + totals[kind].failed,
      total: sum.total + totals[kind].listed,
    }),
    { done: 0, failed: 0, total: 0 },
  );

export const countOf = ({ totals }: Tally, what: keyof KindTotals): number =>
  KINDS.reduce((sum, kind) => sum + totals[kind][what], 0);

/** How far the run is, over all kinds. */
export const countProcessed = (tally: Tally): number =>
  KINDS.reduce((sum, kind) => sum + countSettled(tally.totals[kind]), 0);
