import type { Diagnosis } from '../../doctor/doctor.js';
import type { Estimate } from '../../doctor/estimate.js';
import type { Finding, Health } from '../../doctor/finding.js';
import { humanBytes, humanCount, humanDuration, quantity } from '../../core/human.js';
import { printable } from '../../core/printable.js';
import { GIVEN_AS } from '../name-flags.js';
import type { Style } from './style.js';
import { row } from './totals-table.js';

const MARKS: Readonly<Record<Health, string>> = {
  ok: 'ok',
  warning: 'warning',
  failed: 'FAILED',
  skipped: 'skipped',
};

const PAINTS = { ok: 'good', warning: 'caution', failed: 'bad', skipped: 'faint' } as const satisfies Record<
  Health,
  keyof Style
>;

/** One line of what a check has found, and one or more of what to do about it. */
export const findingText = ({ check, health, message, cure }: Finding, style: Style): string => {
  const line = `${style[PAINTS[health]](MARKS[health].padEnd(8))}${check.padEnd(19)}${printable(message)}`;
  if (cure === undefined) return line;
  const cures = cure.split('\n').map(printable);
  return `${line}\n${' '.repeat(8)}-> ${cures.join(`\n${' '.repeat(11)}`)}`;
};

const BOUNDS: Readonly<Record<Estimate['boundBy'], string>> = {
  requests: 'by how fast the wiki answers',
  downloads: 'by the files',
  burst: 'by its limit of requests a second',
  quota: 'by its hourly quota',
};

const COUNTED = [
  ['pages', 'page'],
  ['blogposts', 'blog post'],
  ['folders', 'folder'],
  ['attachments', 'attachment'],
  ['comments', 'comment'],
] as const;

const estimateText = (estimate: Estimate): string[] => [
  '',
  `A first pull of the ${estimate.uncounted.length > 0 ? 'whole ' : ''}space comes to about`,
  row('items', COUNTED.map(([kind, noun]) => quantity(estimate[kind], noun)).join(', ')),
  row(
    'requests',
    `${humanCount(estimate.requests)} (${quantity(estimate.points, 'point')} where there is a quota)`,
  ),
  row('bytes', humanBytes(estimate.bytes)),
  row('time', `${humanDuration(estimate.durationMs)}, bound ${BOUNDS[estimate.boundBy]}`),
  ...(estimate.uncounted.length > 0
    ? [row('less', `for this mirror, by its ${estimate.uncounted.map((each) => GIVEN_AS[each]).join(', ')}`)]
    : []),
];

const count = (diagnosis: Diagnosis, health: Health): number =>
  diagnosis.checks.filter((finding) => finding.health === health).length;

const verdict = (diagnosis: Diagnosis): string => {
  const [failed, warnings] = [count(diagnosis, 'failed'), count(diagnosis, 'warning')];
  const told = `${failed} failed, ${quantity(warnings, 'warning')}`;
  if (failed > 0) return `${told}: a pull would exit with ${diagnosis.exitCode}.`;
  return warnings > 0 ? `${told}: a pull would work.` : 'All is well: a pull would work.';
};

/** What follows the lines of the checks. */
export const diagnosisText = (diagnosis: Diagnosis): string =>
  [...(diagnosis.estimate ? estimateText(diagnosis.estimate) : []), '', verdict(diagnosis)].join('\n');
