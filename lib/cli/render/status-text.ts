import type { MirrorScope } from '../../core/records.js';
import type { Kind } from '../../core/kinds.js';
import type { KindSize, MirrorStatus } from '../../store/mirror-status.js';
import { humanBytes, humanCount } from '../human.js';
import { printable } from '../printable.js';
import { LABELS } from './labels.js';
import { failures, incompleteListings, row } from './summary.js';

const scopeText = (scope: MirrorScope): string =>
  [
    scope.ancestor === undefined ? '' : `below page ${scope.ancestor}`,
    scope.label === undefined ? '' : `label ${scope.label}`,
    scope.cql ?? '',
    scope.format,
    scope.flavor === 'github' ? '' : `for ${scope.flavor}`,
    scope.attachments === 'none' ? 'no attachments' : `${scope.attachments} attachments`,
    scope.comments ? 'comments' : '',
    scope.labels ? 'labels' : '',
  ]
    .filter((part) => part !== '')
    .map(printable)
    .join(', ');

const headline = ({ scope, spaceName = '' }: MirrorStatus, dir: string): string =>
  scope === undefined
    ? `${printable(dir)} is a mirror whose state is missing or damaged: the next rxsync pull --space KEY makes it anew.`
    : `${printable(dir)} mirrors ${printable(scope.space)} "${printable(spaceName)}" of ${printable(scope.site)}`;

const progressRows = ({ checkpoint, running }: MirrorStatus): string[] => {
  if (running)
    return [row('running', `process ${running.pid} on ${running.host} since ${running.startedAt}`)];
  if (checkpoint === null) return [];
  const { processedCount, totalCount, startedAt } = checkpoint;
  if (totalCount === 0)
    return [row('interrupted', `the run of ${startedAt} before its listing was complete; pull again`)];
  return [
    row(
      'interrupted',
      `${humanCount(processedCount)} of ${humanCount(totalCount)} items done by the run of ${startedAt}; pull again to continue`,
    ),
  ];
};

const kindRow = (kind: Kind, { items, bytes }: KindSize): string[] =>
  items === 0 ? [] : [row(LABELS[kind], `${humanCount(items)}${bytes > 0 ? `, ${humanBytes(bytes)}` : ''}`)];

/** What a person reads of a mirror. */
export const statusText = (status: MirrorStatus, dir: string): string =>
  [
    headline(status, dir),
    ...(status.scope ? [row('scope', scopeText(status.scope))] : []),
    row('last sync', status.lastSync ?? 'none is complete yet'),
    ...progressRows(status),
    ...(['page', 'blogpost', 'folder', 'attachment', 'comments'] as const).flatMap((kind) =>
      kindRow(kind, status.kinds[kind]),
    ),
    ...failures(status.failedItems),
    ...incompleteListings(status.incomplete),
  ].join('\n');
