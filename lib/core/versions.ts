/** A version as the wiki tells of it. */
export interface Version {
  /** 0 where the wiki does not tell it. */
  readonly version: number;
  /** When it was made, ISO 8601; absent where the wiki does not tell it. */
  readonly updatedAt?: string | undefined;
}

/** Some answers tell a time to the millisecond, others to the second. */
const PRECISION_MS = 1000;

/** Whether two times may be one: a time that nobody tells, or that is none, speaks against no other. */
export const mayBeSameTime = (one: string | undefined, other: string | undefined): boolean => {
  if (one === other) return true;
  const apartMs = Math.abs(Date.parse(one ?? '') - Date.parse(other ?? ''));
  return Number.isNaN(apartMs) || apartMs < PRECISION_MS;
};

/**
 * Whether two versions are one. The number alone does not tell: a site that was restored from a backup counts on from the
 * numbers of then.
 */
export const isSameVersion = (one: Version, other: Version): boolean =>
  one.version === other.version && mayBeSameTime(one.updatedAt, other.updatedAt);

/** A time in whole seconds since 1970; 0 for none. */
export const secondsOf = (time: string | undefined): number => {
  const atMs = Date.parse(time ?? '');
  return Number.isNaN(atMs) ? 0 : Math.floor(atMs / 1000);
};

/** Above the seconds of a time. */
const NUMBER_UNIT = 2 ** 32;

/** Number and time of a version as one number: equal ones are one version, which different ones may be, too. */
export const versionStamp = ({ version, updatedAt }: Version): number =>
  version * NUMBER_UNIT + secondsOf(updatedAt);

/** The time of the latest of some versions; undefined where none tells a time. */
export const newestTime = (versions: Iterable<Version>): string | undefined => {
  let newest: string | undefined;
  let newestMs = -Infinity;
  for (const { updatedAt } of versions) {
    const atMs = updatedAt === undefined ? NaN : Date.parse(updatedAt);
    if (atMs > newestMs) [newest, newestMs] = [updatedAt, atMs];
  }
  return newest;
};
