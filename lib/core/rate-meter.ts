/** A count at a time. */
interface Reading {
  readonly atMs: number;
  readonly count: number;
}

/** The latest readings of a count, enough to tell how fast it grows. */
export type RateMeter = readonly Reading[];

const WINDOW_MS = 10_000;

export const addReading = (meter: RateMeter, reading: Reading): RateMeter => [
  ...meter.filter(({ atMs }, i) => reading.atMs - atMs <= WINDOW_MS || i === meter.length - 1),
  reading,
];

/** Growth a second over about the last ten seconds; 0 before there is anything to compare. */
export const ratePerSecond = (meter: RateMeter): number => {
  const first = meter[0];
  const last = meter.at(-1);
  if (first === undefined || last === undefined || last.atMs <= first.atMs) return 0;
  return ((last.count - first.count) * 1000) / (last.atMs - first.atMs);
};
