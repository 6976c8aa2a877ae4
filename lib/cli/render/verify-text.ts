import type { RemoteDifference, RemoteItem } from '../../pull/compare-remote.js';
import type { Verification } from '../../store/verify-mirror.js';
import { humanBytes, humanCount } from '../human.js';
import { printable } from '../printable.js';
import { incompleteListings } from './summary.js';

/** What `rxsync verify` has found; `remote` with `--remote` only. */
export interface VerifyResult extends Verification {
  readonly remote?: RemoteDifference;
}

const pathsOf = (items: readonly RemoteItem[]): string[] =>
  items.map(({ kind, id, path }) => path ?? `${kind} ${id}`);

const list = (title: string, paths: readonly string[]): string[] =>
  paths.length === 0
    ? []
    : ['', `${title} (${paths.length}):`, ...paths.map((path) => `  ${printable(path)}`)];

/** How many differences there are. */
export const differenceCount = ({ missing, changed, unrecorded, remote }: VerifyResult): number =>
  missing.length +
  changed.length +
  unrecorded.length +
  (remote === undefined ? 0 : remote.stale.length + remote.missing.length + remote.gone.length);

/** Whether something of the wiki is not known, so that nobody can say that the mirror is as it is. */
export const isUncertain = ({ remote }: VerifyResult): boolean =>
  remote !== undefined && (remote.incomplete.length > 0 || remote.hidden > 0 || remote.leftOut > 0);

const headline = (result: VerifyResult): string => {
  const checked = `${humanCount(result.files)} files, ${humanBytes(result.bytes)}`;
  const count = differenceCount(result);
  if (count === 0 && isUncertain(result))
    return `Verified: ${checked}; whether they are as in the wiki is not known for all of them.`;
  if (count === 0) return `Verified: ${checked}${result.remote ? ', as they are in the wiki' : ''}.`;
  return `${humanCount(count)} ${count === 1 ? 'difference' : 'differences'} in ${checked}. rxsync pull puts it right.`;
};

/** What a person reads of a verification. */
export const verifyText = (result: VerifyResult): string => {
  const { missing, changed, unrecorded, remote, running } = result;
  return [
    headline(result),
    ...(running ? [`A pull is at work on it (process ${running.pid} on ${running.host}).`] : []),
    ...list('Missing', pathsOf(missing)),
    ...list('Changed', pathsOf(changed)),
    ...list('Not recorded', unrecorded),
    ...(remote
      ? [
          ...list('Out of date', pathsOf(remote.stale)),
          ...list('Not mirrored yet', pathsOf(remote.missing)),
          ...list('Not in the wiki any more', pathsOf(remote.gone)),
          ...incompleteListings(remote.incomplete),
          ...(remote.leftOut > 0
            ? ['', `Left out by the wiki's listing, though they are there: ${remote.leftOut} pages.`]
            : []),
          ...(remote.hidden > 0 ? ['', `Not visible to this account: ${remote.hidden} mirrored items.`] : []),
        ]
      : []),
  ].join('\n');
};
