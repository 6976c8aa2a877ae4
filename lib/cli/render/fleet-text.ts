import { humanCount } from '../../core/human.js';
import { printable } from '../../core/printable.js';
import type { TenantStatus } from '../../fleet/fleet-status.js';

const HEAD = ['tenant', 'spaces', 'fresh', 'running', 'waiting', 'failed', 'next run', 'points left'];

const untilText = (iso: string, nowMs: number): string => {
  const minutes = Math.max(0, Math.round((Date.parse(iso) - nowMs) / 60_000));
  return minutes < 60 ? `in ${minutes} min` : `in ${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

const nextText = ({ nextRun, paused }: TenantStatus, nowMs: number): string => {
  if (paused !== undefined) return 'paused';
  return nextRun === null ? '-' : untilText(nextRun, nowMs);
};

const cellsOf = (status: TenantStatus, nowMs: number): readonly string[] => [
  printable(status.tenant),
  humanCount(status.spaces),
  humanCount(status.fresh),
  humanCount(status.running.length),
  humanCount(status.waiting),
  humanCount(status.failed),
  nextText(status, nowMs),
  status.points === undefined ? '-' : humanCount(status.points),
];

const notesOf = ({ paused, failing, heldUntil }: TenantStatus, nowMs: number): readonly string[] => [
  ...(paused === undefined ? [] : [`paused: ${printable(paused.message)}`]),
  ...(heldUntil === undefined ? [] : [`its wiki asks to wait: ${untilText(heldUntil, nowMs)}`]),
  ...failing.map(
    ({ space, message, at }) => `${printable(space)} again ${untilText(at, nowMs)}: ${printable(message)}`,
  ),
];

/** A line a tenant below a heading; what is wrong with it in lines of their own. */
export const fleetText = (tenants: readonly TenantStatus[], nowMs: number): string => {
  const rows = tenants.map((status) => ({ cells: cellsOf(status, nowMs), notes: notesOf(status, nowMs) }));
  const widths = HEAD.map((name, index) =>
    Math.max(name.length, ...rows.map(({ cells }) => cells[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) =>
        index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [
    line(HEAD),
    ...rows.flatMap(({ cells, notes }) => [line(cells), ...notes.map((note) => `  ${note}`)]),
  ].join('\n');
};
