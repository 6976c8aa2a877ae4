import type { KindTotals, Totals } from '../../events/events.js';
import type { Kind } from '../../core/kinds.js';
import { humanCount } from '../../core/human.js';
import { LABELS } from '../../core/kind-labels.js';
import type { Style } from './style.js';

type Outcome = Exclude<keyof KindTotals, 'listed'>;

const OUTCOMES: readonly (readonly [Outcome, string])[] = [
  ['written', 'written'],
  ['unchanged', 'unchanged'],
  ['moved', 'moved'],
  ['deleted', 'deleted'],
  ['notVisible', 'gone meanwhile'],
  ['failed', 'failed'],
];

const KINDS_IN_ORDER = ['page', 'blogpost', 'folder', 'attachment', 'comments'] as const satisfies Kind[];

/** One line below a headline. */
export const row = (label: string, text: string): string => `  ${label.padEnd(14)}${text}`;

/** The label, and what stands right of it in columns. */
const GAP = '  ';

const list = (totals: Totals, kinds: readonly Kind[]): string[] =>
  kinds.map((kind) => {
    const parts = OUTCOMES.flatMap(([what, name]) =>
      totals[kind][what] > 0 ? [`${humanCount(totals[kind][what])} ${name}`] : [],
    );
    return row(LABELS[kind], parts.join(', '));
  });

/**
 * What became of the items, a line a kind and a column an outcome, of those that there are; a list where the columns have
 * no room.
 */
export const totalsTable = (totals: Totals, { width, style }: { width: number; style: Style }): string[] => {
  const outcomes = OUTCOMES.filter(([what]) => KINDS_IN_ORDER.some((kind) => totals[kind][what] > 0));
  const kinds = KINDS_IN_ORDER.filter((kind) => OUTCOMES.some(([what]) => totals[kind][what] > 0));
  if (kinds.length === 0) return [];
  const columns = outcomes.map(([what, name]) => {
    const cells = kinds.map((kind) => (totals[kind][what] === 0 ? '-' : humanCount(totals[kind][what])));
    const columnWidth = Math.max(name.length, ...cells.map(({ length }) => length));
    const paint = what === 'failed' ? style.bad : (text: string) => text;
    return {
      head: name.padStart(columnWidth),
      cells: cells.map((cell) => (cell === '-' ? style.faint : paint)(cell.padStart(columnWidth))),
    };
  });
  const head = row('', columns.map((column) => column.head).join(GAP));
  if (head.length > width) return list(totals, kinds);
  const lines = kinds.map((kind, index) =>
    row(LABELS[kind], columns.map(({ cells }) => cells[index]).join(GAP)),
  );
  return [style.faint(head), ...lines];
};
