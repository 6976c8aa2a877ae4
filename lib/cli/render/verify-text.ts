import type { RemoteItem } from '../../pull/compare-remote.js';
import { differenceCount, isUncertain, type VerifyResult } from '../../pull/verify.js';
import { humanBytes, humanCount } from '../../core/human.js';
import { printable } from '../../core/printable.js';
import { incompleteListings } from './summary.js';

const pathsOf = (items: readonly RemoteItem[]): string[] =>
  items.map(({ kind, id, path }) => path ?? `${kind} ${id}`);

const list = (title: string, paths: readonly string[]): string[] =>
  paths.length === 0
    ? []
    : ['', `${title} (${paths.length}):`, ...paths.map((path) => `  ${printable(path)}`)];

/** Files that no run has written. */
const unclaimedFiles = ({ unrecorded, unfinished }: VerifyResult): readonly string[] => {
  const later = new Set(unfinished);
  return unrecorded.filter((path) => !later.has(path));
};

/** Files that stay unknown: damaged records are made anew. */
const unknownFiles = (result: VerifyResult): readonly string[] => {
  const { damage, lostState } = result;
  return damage === undefined && lostState === undefined ? unclaimedFiles(result) : [];
};

/** What mends the differences; a pull does not look into files that have kept size and times. */
const remedies = (result: VerifyResult): string[] => {
  const { rotten, linked, unreadable } = result;
  const unknown = unknownFiles(result);
  const left = [rotten, linked, unreadable, unknown].reduce((sum, { length }) => sum + length, 0);
  return [
    ...(differenceCount(result) > left ? ['rxsync pull puts it right.'] : []),
    ...(rotten.length > 0
      ? [
          'What was changed without a trace in size and time, a pull does not see: remove those files, and rxsync pull makes them anew.',
        ]
      : []),
    ...(linked.length > 0
      ? [
          'What is behind a symbolic link, no pull touches: put the folder itself in the place of the link, then rxsync pull puts it right.',
        ]
      : []),
    ...(unreadable.length > 0
      ? ['What cannot be read, nobody can compare: check that you may read it, then verify again.']
      : []),
    ...(unknown.length > 0
      ? [
          "What is not recorded, no pull touches: move it out of the mirror's own folders if it is yours, remove it if it was rxsync's.",
        ]
      : []),
  ];
};

const headline = (result: VerifyResult): string => {
  const checked = `${humanCount(result.files)} files, ${humanBytes(result.bytes)}`;
  const count = differenceCount(result);
  if (count === 0 && result.damage !== undefined) return `Checked: ${checked}, as far as the records tell.`;
  if (count === 0 && isUncertain(result))
    return `Verified: ${checked}; whether they are as in the wiki is not known for all of them.`;
  if (count === 0) return `Verified: ${checked}${result.remote ? ', as they are in the wiki' : ''}.`;
  const counted = `${humanCount(count)} ${count === 1 ? 'difference' : 'differences'} in ${checked}.`;
  return [counted, ...remedies(result)].join(' ');
};

const leftBehind = ({ failedCount, incomplete }: VerifyResult): string[] => [
  ...(failedCount > 0
    ? [
        '',
        `The last pull left ${failedCount === 1 ? 'an item' : `${failedCount} items`} behind, which rxsync status names; rxsync pull tries again.`,
      ]
    : []),
  ...incompleteListings(incomplete),
];

/** What a person reads of a verification. */
export const verifyText = (result: VerifyResult): string => {
  const { missing, changed, rotten, linked, unreadable, unfinished, remote, running, damage } = result;
  const { lostState } = result;
  const isRotten = new Set(rotten.map(({ path }) => path));
  return [
    headline(result),
    ...(damage === undefined
      ? []
      : [`The records of this mirror are damaged: ${printable(damage)}. rxsync pull makes them anew.`]),
    ...(lostState ? [printable(lostState.message), `  ${printable(lostState.hint)}`] : []),
    ...(running ? [`A pull is at work on it (process ${running.pid} on ${running.host}).`] : []),
    ...list('Missing', pathsOf(missing)),
    ...list('Changed', pathsOf(changed.filter(({ path }) => !isRotten.has(path)))),
    ...list('Changed without a trace', pathsOf(rotten)),
    ...list('Behind a symbolic link', pathsOf(linked)),
    ...list('Cannot be read', pathsOf(unreadable)),
    ...list('Not recorded', unclaimedFiles(result)),
    ...list('Left by a pull that was cut off', unfinished),
    ...leftBehind(result),
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
