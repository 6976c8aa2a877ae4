import type { Departure, DepartureReason } from './departures.js';
import type { ItemRecord } from './records.js';

/** The most that may leave in one run: so many items, or this share of what was mirrored before, whichever is more. */
export interface DeletionLimit {
  readonly atLeast: number;
  readonly share: number;
}

/** More would leave than may. */
export interface Refusal {
  /** Items that would leave, by reason. */
  readonly counts: Readonly<Record<'gone' | 'unseen' | 'outside', number>>;
  readonly total: number;
  /** Items that were mirrored before. */
  readonly mirrored: number;
  readonly most: number;
  /** What is not proven to be gone is more than half, of all or of a kind. */
  readonly isUnproven: boolean;
}

type Records = Iterable<Pick<ItemRecord, 'kind'>>;

const isPage = ({ kind }: Pick<ItemRecord, 'kind'>): boolean => kind === 'page' || kind === 'blogpost';
const isFile = ({ kind }: Pick<ItemRecord, 'kind'>): boolean => kind === 'attachment';
const isComments = ({ kind }: Pick<ItemRecord, 'kind'>): boolean => kind === 'comments';
/** So many files may go unproven however many there are: a few that were purged are no sign of anything. */
const FEW_FILES = 3;
const count = (records: Records, is: typeof isPage): number => [...records].filter(is).length;
const withReason = (leaving: readonly Departure[], ...reasons: DepartureReason[]): readonly ItemRecord[] =>
  leaving.flatMap(({ record, reason }) => (reasons.includes(reason) ? [record] : []));

/**
 * Whether too much would leave; undefined when it may. What the settings leave out does not count. What is not proven to
 * be gone (hidden, or outside the scope of now: a typo looks the same) never takes more than half of the items, of the
 * pages, of the files or of the comments files, however small the mirror is.
 */
export const refusalOf = (
  leaving: readonly Departure[],
  records: ReadonlyMap<string, ItemRecord>,
  { atLeast, share }: DeletionLimit,
): Refusal | undefined => {
  const counted = withReason(leaving, 'gone', 'unseen', 'outside');
  const unproven = withReason(leaving, 'unseen', 'outside');
  const most = Math.max(atLeast, Math.floor(share * records.size));
  const half = records.size / 2;
  const isMost = (is: typeof isPage): boolean => 2 * count(unproven, is) > count(records.values(), is);
  const isMostFiles = (is: typeof isPage): boolean => count(unproven, is) > FEW_FILES && isMost(is);
  const isMostUnproven =
    unproven.length > half || isMost(isPage) || isMostFiles(isFile) || isMostFiles(isComments);
  if (counted.length <= most && !isMostUnproven) return undefined;
  return {
    counts: {
      gone: withReason(leaving, 'gone').length,
      unseen: withReason(leaving, 'unseen').length,
      outside: withReason(leaving, 'outside').length,
    },
    total: counted.length,
    mirrored: records.size,
    most: isMostUnproven ? Math.min(most, Math.floor(half)) : most,
    isUnproven: isMostUnproven,
  };
};
