import { jsonLine } from '../../core/json-line.js';
import type {
  InventoryDone,
  ItemPlanned,
  RunFailed,
  RunFinished,
  RunInterrupted,
  RxsyncEvent,
} from '../../events/events.js';
import type { PlannedItem } from '../../events/planned-item.js';
import { printable } from '../../core/printable.js';
import { planSummary, summary, type SummaryFrame } from './summary.js';

/** What a run has come to, as far as it went. */
export interface Account {
  readonly end?: RunFinished | RunInterrupted | RunFailed;
  readonly plan?: InventoryDone;
  /** Of a dry run whose account is one object: all that would change. */
  readonly items: PlannedItem[];
  /** What was said of files of the user's that were kept aside. */
  readonly kept: readonly string[];
  /** What was said of damage to the mirror. */
  readonly damage?: string;
  /** The second signal, which cut the run off. */
  readonly abortedBy?: string;
}

export const emptyAccount = (): Account => ({ items: [], kept: [] });

/** The account after an event. */
export const accountOf = (account: Account, event: RxsyncEvent): Account => {
  switch (event.type) {
    case 'run.finished':
    case 'run.interrupted':
    case 'run.failed':
      return { ...account, end: event };
    case 'inventory.done':
      return { ...account, plan: event };
    case 'warning':
      if (event.code === 'damaged-records') return { ...account, damage: event.message };
      return event.code === 'kept-local' ? { ...account, kept: [...account.kept, event.message] } : account;
    default:
      return account;
  }
};

/** What a run leaves behind that was cut off: how much it had done, nobody has counted. */
const cutOff = (signal: string, { plan }: Account, dir: string): string =>
  plan === undefined
    ? `Stopped at once by ${signal}, before anything was written. Run the same command again.`
    : `Stopped at once by ${signal}: what is written stays, what was in flight is fetched anew. rxsync status ${printable(dir)} tells how far it got; run the same command again to continue.`;

/** Keeps an item of a dry run, of which there may be very many. */
export const keepItem = ({ items }: Account, event: ItemPlanned): void => {
  const { kind, id, title, action, path, from, reason } = event;
  items.push({ kind, id, title, action, path, ...(from !== undefined && { from }), reason });
};

/** What a person reads at the end of a run; undefined when its error says it all. */
export const textOf = (account: Account, frame: SummaryFrame): string | undefined => {
  const { end, plan, kept, damage, abortedBy } = account;
  if (abortedBy !== undefined) return frame.style.caution(cutOff(abortedBy, account, frame.dir));
  if (end === undefined || end.type === 'run.failed') return undefined;
  return end.type === 'run.finished' && end.dryRun && plan
    ? planSummary({ plan, end }, frame.style)
    : summary(end, { kept, ...(damage !== undefined && { damage }) }, frame);
};

/** The one object of `--json`. */
export const jsonOf = ({ end, plan, items, kept, damage }: Account): string => {
  const told = {
    ...(kept.length > 0 && { kept }),
    ...(damage !== undefined && { damage }),
    ...(plan?.attachmentsLeftOut !== undefined && { attachmentsLeftOut: plan.attachmentsLeftOut }),
  };
  return jsonLine(
    end?.type === 'run.finished' && end.dryRun ? { ...end, ...told, plan, items } : { ...end, ...told },
  );
};
