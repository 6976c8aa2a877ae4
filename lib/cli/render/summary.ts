import type { InventoryDone, KindTotals, RunFinished, RunInterrupted, Totals } from '../../events/events.js';
import type { FailedItem } from '../../events/failed-item.js';
import type { IncompleteListing } from '../../events/incomplete-listing.js';
import { humanBytes, humanCount, humanDuration } from '../human.js';
import { printable } from '../printable.js';
import { LABELS } from './labels.js';
import { incomplete } from './notice.js';

const OUTCOMES: readonly (readonly [keyof KindTotals, string])[] = [
  ['written', 'written'],
  ['unchanged', 'unchanged'],
  ['moved', 'moved'],
  ['deleted', 'deleted'],
  ['notVisible', 'gone meanwhile'],
  ['failed', 'failed'],
];

/** One line below a headline. */
export const row = (label: string, text: string): string => `  ${label.padEnd(14)}${text}`;

const kindRow = (label: string, totals: KindTotals): string[] => {
  const outcomes = OUTCOMES.flatMap(([what, name]) =>
    totals[what] > 0 ? [`${humanCount(totals[what])} ${name}`] : [],
  );
  return outcomes.length === 0 ? [] : [row(label, outcomes.join(', '))];
};

const kindRows = (totals: Totals): string[] =>
  (['page', 'blogpost', 'folder', 'attachment', 'comments'] as const).flatMap((kind) =>
    kindRow(LABELS[kind], totals[kind]),
  );

const MOST_FAILURES = 50;

const failure = ({ kind, id, title, code, attempts, message, hint }: FailedItem): string =>
  `  ${kind} ${id} "${printable(title)}" (${code}, ${attempts <= 1 ? 'tried once' : `tried ${attempts} times`}): ${printable(message)} ${printable(hint)}`;

/** The failed items, the first of them one a line. */
export const failures = (items: readonly FailedItem[]): string[] => {
  if (items.length === 0) return [];
  const left = items.length - MOST_FAILURES;
  const more = left > 0 ? [`  … and ${left} more (--json lists all)`] : [];
  return ['', `Failed (${items.length}):`, ...items.slice(0, MOST_FAILURES).map(failure), ...more];
};

/** The listings that are not whole, one a line: what the mirror holds of them stays. */
export const incompleteListings = (listings: readonly IncompleteListing[]): string[] =>
  listings.length === 0
    ? []
    : [
        '',
        'Not listed whole (nothing of it was deleted):',
        ...listings.map((each) => `  ${incomplete(each)}`),
      ];

const requestsRow = ({ requests, retries, rateLimited }: RunFinished | RunInterrupted): string => {
  const asides = [
    ...(retries > 0 ? [`${humanCount(retries)} retried`] : []),
    ...(rateLimited > 0 ? [`${humanCount(rateLimited)} rate-limited`] : []),
  ];
  return row('requests', `${humanCount(requests)}${asides.length > 0 ? ` (${asides.join(', ')})` : ''}`);
};

const headline = (event: RunFinished | RunInterrupted, dir: string): string => {
  const took = humanDuration(event.durationMs);
  if (event.type === 'run.interrupted')
    return event.totals.page.listed === 0
      ? `Stopped after ${took}, before the listing was complete. Run the same command again.`
      : `Stopped after ${took}; a checkpoint is saved. Run the same command again to continue.`;
  const isComplete = event.failedItems.length === 0 && event.incomplete.length === 0;
  return `${isComplete ? 'Mirrored' : 'Mirrored, but not completely:'} ${event.space} into ${printable(dir)} in ${took}.`;
};

const nextStep = (event: RunFinished | RunInterrupted, dir: string): string[] => {
  if (event.type === 'run.interrupted' || event.totals.page.written === 0) return [];
  return [
    '',
    `Start reading in ${printable(dir)}. Run the same command again at any time: only what changed is fetched.`,
  ];
};

/** What a person reads at the end of a run. */
export const summary = (event: RunFinished | RunInterrupted, dir: string): string =>
  [
    headline(event, dir),
    ...kindRows(event.totals),
    row('bytes', humanBytes(event.bytes)),
    requestsRow(event),
    ...failures(event.failedItems),
    ...incompleteListings(event.incomplete),
    ...nextStep(event, dir),
  ].join('\n');

/** What a person reads at the end of a dry run. */
export const planSummary = (plan: InventoryDone, event: RunFinished): string =>
  [
    `Dry run of ${event.space}: nothing was written. A pull would`,
    row(
      'fetch',
      `${humanCount(plan.toFetch.pages)} pages, ${humanCount(plan.toFetch.attachments)} attachments (${humanBytes(plan.bytes)}), ${humanCount(plan.toFetch.comments)} comment files`,
    ),
    row('keep', `${humanCount(plan.toSkip)} items as they are`),
    row('delete', `${humanCount(plan.toDelete)} items`),
    row(
      'send',
      `about ${humanCount(plan.requests + event.requests)} requests, ${humanCount(event.requests)} of them for the listing`,
    ),
  ].join('\n');
