import type { RequestLane } from './request-lane.js';
import type { QuotaReading } from './rate-limit.js';

/** What is known of the hourly points quota. */
export interface PointsLedger {
  /** Points an hour; undefined until the wiki tells: without a quota there is nothing to keep within. */
  readonly quotaPoints: number | undefined;
  /** Points spent in this hour: our own count until the wiki tells what is left. */
  readonly spentPoints: number;
  /** When the hour ends and all points are back. */
  readonly resetAtMs: number;
}

/** One answer, as far as it concerns the ledger. */
export interface PointsEntry {
  readonly atMs: number;
  readonly points: number;
  readonly quota?: QuotaReading | undefined;
}

const HOUR_MS = 3_600_000;
/** Objects cost one point each; users are dearer. */
const POINTS_PER_OBJECT: Readonly<Partial<Record<RequestLane, number>>> = { users: 2 };

export const EMPTY_LEDGER: PointsLedger = { quotaPoints: undefined, spentPoints: 0, resetAtMs: 0 };

/** What an answer costs: one point, and more for each object in it. */
export const pointsOf = (lane: RequestLane, objects: number): number =>
  1 + objects * (POINTS_PER_OBJECT[lane] ?? 1);

/** Quotas begin anew at the top of each hour unless the wiki tells otherwise. */
const nextHourMs = (atMs: number): number => (Math.floor(atMs / HOUR_MS) + 1) * HOUR_MS;

/** The ledger after one more answer; what the wiki tells comes before our own count. */
export const enterPoints = (ledger: PointsLedger, { atMs, points, quota }: PointsEntry): PointsLedger => {
  const isNewHour = atMs >= ledger.resetAtMs;
  const spent = (isNewHour ? 0 : ledger.spentPoints) + points;
  // A clock that was set back must not make the hour longer.
  const endMs = isNewHour ? nextHourMs(atMs) : Math.min(ledger.resetAtMs, nextHourMs(atMs));
  const quotaPoints = quota?.quotaPoints ?? ledger.quotaPoints;
  const left = quota?.remainingPoints;
  return {
    quotaPoints,
    spentPoints: quotaPoints !== undefined && left !== undefined ? Math.max(0, quotaPoints - left) : spent,
    resetAtMs: Math.min(endMs, quota?.resetMs === undefined ? endMs : atMs + quota.resetMs),
  };
};

/**
 * Until when to send nothing so that `reservePercent` of the hour's points stay for others; undefined while more is
 * left, or no quota is known.
 */
export const reservedUntilMs = (
  { quotaPoints, spentPoints, resetAtMs }: PointsLedger,
  reservePercent: number,
): number | undefined =>
  quotaPoints === undefined || quotaPoints - spentPoints > (quotaPoints * reservePercent) / 100
    ? undefined
    : resetAtMs;
