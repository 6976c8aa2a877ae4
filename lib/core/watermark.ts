/** Clocks that differ by more are not both right. */
const MAX_DIFFERENCE_MS = 3_600_000;

export interface Clocks {
  /** When the run began by our clock, ISO 8601. */
  readonly ours: string;
  /** By the wiki's, if it told. */
  readonly theirs: string | undefined;
  /** The watermark of before, null when there is none. */
  readonly before: string | null;
}

export interface Known {
  /** The start of the run by a clock that may be wrong: {@link watermark}. */
  readonly syncedAt: string;
  /** The newest change that was listed, undefined when none was. */
  readonly newest: string | undefined;
  /** Up to when changes were known before, null when there is none. */
  readonly before: string | null;
  /** Whether only what has changed was listed. */
  readonly isQuick: boolean;
}

const isTime = (text: string | null | undefined): text is string => !Number.isNaN(Date.parse(text ?? ''));

/**
 * Up to when the wiki's changes are known for certain, ISO 8601: by what it has listed, whatever a clock says. A quick listing
 * that tells of nothing new leaves that as it was.
 */
export const changesKnownUntil = ({ syncedAt, newest, before, isQuick }: Known): string => {
  const last = isTime(newest) ? newest : isQuick ? before : undefined;
  return isTime(last) && Date.parse(last) < Date.parse(syncedAt) ? last : syncedAt;
};

/**
 * Up to when the wiki's changes are known, ISO 8601: by the wiki's clock. When that is far from ours, one of the two is
 * wrong: the earlier one misses nothing, and the watermark never goes back.
 */
export const watermark = ({ ours, theirs = ours, before }: Clocks): string => {
  const [oursMs, theirsMs] = [Date.parse(ours), Date.parse(theirs)];
  if (Math.abs(oursMs - theirsMs) <= MAX_DIFFERENCE_MS) return theirs;
  const earlier = theirsMs < oursMs ? theirs : ours;
  return before !== null && Date.parse(before) > Date.parse(earlier) ? before : earlier;
};
