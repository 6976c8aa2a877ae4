import type { Departure, DepartureReason } from './departures.js';
import { type Kind, KINDS } from './kinds.js';

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
  /** Of what no more than that may leave without proof; undefined when it is the limit for all that leaves. */
  readonly unproven: Half | undefined;
}

/** What never leaves by more than half without proof. */
export interface Half {
  readonly what: 'items' | 'pages' | 'files' | 'comments files';
  readonly mirrored: number;
}

type Is = (item: { readonly kind: Kind }) => boolean;

/** How many items of each kind are mirrored. */
type Counts = Readonly<Partial<Record<Kind, number>>>;

const countIn = (counts: Counts, is: Is): number =>
  KINDS.reduce((sum, kind) => (is({ kind }) ? sum + (counts[kind] ?? 0) : sum), 0);

/** What never leaves by more than half without proof; so many of it may, however many there are. */
const HALVES: readonly { readonly what: Half['what']; readonly is: Is; readonly few: number }[] = [
  { what: 'items', is: () => true, few: 0 },
  { what: 'pages', is: ({ kind }) => kind === 'page' || kind === 'blogpost', few: 0 },
  // A few that were purged are no sign of anything.
  { what: 'files', is: ({ kind }) => kind === 'attachment', few: 3 },
  { what: 'comments files', is: ({ kind }) => kind === 'comments', few: 3 },
];

const withReason = (leaving: readonly Departure[], ...reasons: DepartureReason[]): readonly Departure[] =>
  leaving.filter(({ reason }) => reasons.includes(reason));

/**
 * Whether too much would leave; undefined when it may. What the settings leave out does not count. What is not proven to
 * be gone (hidden, or outside the scope of now: a typo looks the same) never takes more than half of the items, of the
 * pages, of the files or of the comments files, however small the mirror is.
 */
export const refusalOf = (
  leaving: readonly Departure[],
  mirroredBefore: Counts,
  { atLeast, share }: DeletionLimit,
): Refusal | undefined => {
  const counted = withReason(leaving, 'gone', 'unseen', 'outside');
  const unproven = withReason(leaving, 'unseen', 'outside');
  const all = countIn(mirroredBefore, () => true);
  const most = Math.max(atLeast, Math.floor(share * all));
  const halves = HALVES.map(({ what, is, few }) => {
    const mirrored = countIn(mirroredBefore, is);
    return {
      what,
      mirrored,
      most: Math.max(few, Math.floor(mirrored / 2)),
      leaving: unproven.filter(is).length,
    };
  });
  const over = halves.find((half) => half.leaving > half.most);
  if (counted.length <= most && over === undefined) return undefined;
  return {
    counts: {
      gone: withReason(leaving, 'gone').length,
      unseen: withReason(leaving, 'unseen').length,
      outside: withReason(leaving, 'outside').length,
    },
    total: counted.length,
    mirrored: all,
    most: over?.most ?? most,
    unproven: over && { what: over.what, mirrored: over.mirrored },
  };
};
