import { byteSizeText } from '../../core/byte-size.js';
import { countDone } from '../../core/count-done.js';
import type { MirrorScope } from '../../core/records.js';
import type { Kind } from '../../core/kinds.js';
import type { MirrorStatus } from '../../store/mirror-status.js';
import type { KindSize } from '../../store/record-table.js';
import { humanBytes, humanCount, quantity } from '../../core/human.js';
import { printable } from '../../core/printable.js';
import { LABELS } from '../../core/kind-labels.js';
import type { Style } from './style.js';
import { failures, incompleteListings } from './summary.js';
import { row } from './totals-table.js';

const attachmentsText = ({ attachments, attachmentMaxBytes, attachmentTypes }: MirrorScope): string =>
  [
    `${attachments} attachments`,
    ...(attachmentMaxBytes === undefined ? [] : [`up to ${byteSizeText(attachmentMaxBytes)}`]),
    ...(attachmentTypes === undefined ? [] : [`of type ${attachmentTypes.join(' ')}`]),
  ].join(' ');

const scopeText = (scope: MirrorScope): string =>
  [
    scope.ancestor === undefined ? '' : `below page ${scope.ancestor.join(' or ')}`,
    scope.label === undefined ? '' : `label ${scope.label}`,
    scope.cql ?? '',
    scope.format,
    scope.flavor === 'github' ? '' : `for ${scope.flavor}`,
    scope.attachments === 'none' ? 'no attachments' : attachmentsText(scope),
    scope.comments ? 'comments' : '',
    scope.labels ? 'labels' : '',
  ]
    .filter((part) => part !== '')
    .map(printable)
    .join(', ');

const headline = (status: MirrorStatus, dir: string): string => {
  const { scope, spaceName = '', running } = status;
  const folder = printable(dir);
  if (scope !== undefined)
    return `${folder} mirrors ${printable(scope.space)} "${printable(spaceName)}" of ${printable(scope.site)}`;
  return running
    ? `${folder} does not tell its space yet: the pull that is at work does, once it has listed it.`
    : `${folder} is a mirror that does not tell its space: rxsync pull --space KEY makes its state.`;
};

const progressRows = (status: MirrorStatus): string[] => {
  const { checkpoint, running, lastSync, kinds } = status;
  if (running)
    return [row('running', `process ${running.pid} on ${running.host} since ${running.startedAt}`)];
  if (checkpoint === null) return [];
  const { totalCount, startedAt } = checkpoint;
  if (totalCount === 0)
    return [row('interrupted', `the run of ${startedAt} before its listing was complete; pull again`)];
  const recorded = Object.values(kinds).reduce((sum, { items }) => sum + items, 0);
  const done = countDone({ checkpoint, lastSync, recorded });
  return [
    row(
      'interrupted',
      `${humanCount(done)} of ${quantity(totalCount, 'item')} done by the run of ${startedAt}; pull again to continue`,
    ),
  ];
};

const kindRow = (kind: Kind, { items, bytes }: KindSize): string[] =>
  items === 0 ? [] : [row(LABELS[kind], `${humanCount(items)}${bytes > 0 ? `, ${humanBytes(bytes)}` : ''}`)];

/** What a person reads of a mirror. */
export const statusText = (status: MirrorStatus, dir: string, style: Style): string =>
  [
    headline(status, dir),
    ...(status.lostState
      ? [printable(status.lostState.message), `  ${printable(status.lostState.hint)}`]
      : []),
    ...(status.scope ? [row('scope', scopeText(status.scope))] : []),
    row('last sync', status.lastSync ?? 'none is complete yet'),
    ...progressRows(status),
    ...(['page', 'blogpost', 'folder', 'attachment', 'comments'] as const).flatMap((kind) =>
      kindRow(kind, status.kinds[kind]),
    ),
    ...failures(status.failedItems, style, status.failedCount),
    ...incompleteListings(status.incomplete),
  ].join('\n');
