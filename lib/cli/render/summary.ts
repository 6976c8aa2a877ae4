import type { InventoryDone, RunFinished, RunInterrupted } from '../../events/events.js';
import type { FailedItem } from '../../events/failed-item.js';
import type { IncompleteListing } from '../../events/incomplete-listing.js';
import type { PlannedItem } from '../../events/planned-item.js';
import { humanBytes, humanCount, humanDuration, quantity } from '../../core/human.js';
import { printable } from '../../core/printable.js';
import { changeLine } from './change-line.js';
import { incomplete } from './notice.js';
import type { Style } from './style.js';
import { row, totalsTable } from './totals-table.js';

/** What a summary is written for. */
export interface SummaryFrame {
  /** The mirror's folder, as its user named it. */
  readonly dir: string;
  /** Columns of the terminal. */
  readonly width: number;
  readonly style: Style;
}

const MOST_FAILURES = 50;

const failure = ({ kind, id, title, code, attempts, message, hint }: FailedItem): string =>
  `  ${kind} ${id} "${printable(title)}" (${code}, ${attempts <= 1 ? 'tried once' : `tried ${attempts} times`}): ${printable(message)} ${printable(hint)}`;

/** The failed items, the first of them one a line; `count` of them in all, where not all are known. */
export const failures = (items: readonly FailedItem[], { bad }: Style, count = items.length): string[] => {
  if (count === 0) return [];
  const left = count - Math.min(items.length, MOST_FAILURES);
  const where = count > items.length ? 'the next pull tells of them' : '--json lists all';
  const more = left > 0 ? [`  … and ${left} more (${where})`] : [];
  return ['', bad(`Failed (${count}):`), ...items.slice(0, MOST_FAILURES).map(failure), ...more];
};

/** The listings that are not whole, one a line: what the mirror holds of them stays. */
export const incompleteListings = (listings: readonly IncompleteListing[]): string[] =>
  listings.length === 0
    ? []
    : [
        '',
        'Not listed whole (what is not known to be gone stays):',
        ...listings.map((each) => `  ${incomplete(each)}`),
      ];

const requestsRow = ({ requests, retries, rateLimited }: RunFinished | RunInterrupted): string => {
  const asides = [
    ...(retries > 0 ? [`${humanCount(retries)} retried`] : []),
    ...(rateLimited > 0 ? [`${humanCount(rateLimited)} rate-limited`] : []),
  ];
  return row('requests', `${humanCount(requests)}${asides.length > 0 ? ` (${asides.join(', ')})` : ''}`);
};

const headline = (event: RunFinished | RunInterrupted, { dir, style }: SummaryFrame): string => {
  const took = humanDuration(event.durationMs);
  if (event.type === 'run.interrupted')
    return style.caution(
      event.totals.page.listed === 0
        ? `Stopped after ${took}, before the listing for ${printable(dir)} was complete. Run the same command again.`
        : `Stopped after ${took}; a checkpoint is saved in ${printable(dir)}. Run the same command again to continue.`,
    );
  const isComplete = event.failedItems.length === 0 && event.incomplete.length === 0;
  return isComplete
    ? style.good(`Mirrored ${event.space} into ${printable(dir)} in ${took}.`)
    : style.caution(`Mirrored, but not completely: ${event.space} into ${printable(dir)} in ${took}.`);
};

/** The files of the user's that stood where others had to. */
const keptAside = (kept: readonly string[]): string[] =>
  kept.length === 0
    ? []
    : ['', `Kept aside (${kept.length}):`, ...kept.map((text) => `  ${printable(text)}`)];

/** Refusals are worth a word from so many on, and when they are a tenth of all requests. */
const MANY_REFUSED = 10;

/** What to do about what is not as it should be. */
const advice = (event: RunFinished | RunInterrupted, kept: readonly string[], dir: string): string[] => [
  ...(event.failedItems.length > 0
    ? [`The next pull tries the failed items again; rxsync status ${printable(dir)} lists them.`]
    : []),
  ...(event.incomplete.length > 0
    ? [`rxsync doctor ${printable(dir)} tries each listing by itself and says how to mend it.`]
    : []),
  ...(kept.length > 0
    ? ['What you changed stands in the files kept aside: bring it into the wiki, or delete them.']
    : []),
  ...(event.rateLimited >= MANY_REFUSED && event.rateLimited * 10 > event.requests
    ? [
        `The wiki refused ${quantity(event.rateLimited, 'request')} by its rate limit: pull when others ask less of it, or with a lower --max-concurrency.`,
      ]
    : []),
];

const nextStep = (event: RunFinished | RunInterrupted, dir: string): string[] =>
  event.type === 'run.interrupted' || event.totals.page.written === 0
    ? []
    : [
        `Start reading in ${printable(dir)}. Run the same command again at any time: only what changed is fetched.`,
      ];

/** What was said while the run went on, and stays true. */
export interface Told {
  /** Of files of the user's that were kept aside. */
  readonly kept: readonly string[];
  /** Of damage to the mirror. */
  readonly damage?: string;
}

export const summary = (
  event: RunFinished | RunInterrupted,
  { kept, damage }: Told,
  frame: SummaryFrame,
): string => {
  const last = [...advice(event, kept, frame.dir), ...nextStep(event, frame.dir)];
  return [
    headline(event, frame),
    ...totalsTable(event.totals, frame),
    row('bytes', humanBytes(event.bytes)),
    requestsRow(event),
    ...failures(event.failedItems, frame.style),
    ...incompleteListings(event.incomplete),
    ...(damage === undefined ? [] : ['', frame.style.caution(printable(damage))]),
    ...keptAside(kept),
    ...(last.length > 0 ? ['', ...last] : []),
  ].join('\n');
};

const WHY: Readonly<Record<PlannedItem['reason'], string>> = {
  new: 'new',
  edited: 'edited',
  relinked: 'links, place, title or labels changed',
  unsound: 'the file is missing, or not as it was written',
  full: 'asked for by --full',
  moved: 'place or title changed',
  gone: 'gone from the wiki',
  unseen: 'not visible any more',
  outside: 'out of the scope',
  unwanted: 'left out by the settings',
  childless: 'nothing stands below it any more',
};

/** An item that a dry run would change: `~ guides/setup.md  (edited)`. */
export const planLine = ({ action, path, from, reason }: PlannedItem, style: Style): string => {
  const isNew = reason === 'new';
  const line = changeLine({ action, path, isNew, ...(from !== undefined && { from }) }, style);
  return `${line}  ${style.faint(`(${WHY[reason]})`)}`;
};

/** What a dry run has come to. */
export interface PlanTold {
  readonly plan: InventoryDone;
  readonly end: RunFinished;
}

/** What a person reads at the end of a dry run, below the items that would change: what it comes to. */
export const planSummary = ({ plan, end }: PlanTold, style: Style): string => {
  const { toFetch, bytes } = plan;
  const changes = toFetch.pages + toFetch.attachments + toFetch.comments + plan.toMove + plan.toDelete;
  return [
    ...(changes > 0 ? [''] : []),
    style.strong(`Dry run of ${end.space}: nothing was written. A pull would`),
    row(
      'fetch',
      `${quantity(toFetch.pages, 'page')}, ${quantity(toFetch.attachments, 'attachment')} (${humanBytes(bytes)}), ${quantity(toFetch.comments, 'comment file')}`,
    ),
    row('keep', `${quantity(plan.toSkip, 'item')} as ${plan.toSkip === 1 ? 'it is' : 'they are'}`),
    row(
      'move',
      `${quantity(plan.toMove, 'item')}, or write new links into ${plan.toMove === 1 ? 'it' : 'them'}`,
    ),
    row('delete', quantity(plan.toDelete, 'item')),
    row(
      'send',
      `about ${quantity(plan.requests + end.requests, 'request')}, ${humanCount(end.requests)} of them for the listing`,
    ),
  ].join('\n');
};
