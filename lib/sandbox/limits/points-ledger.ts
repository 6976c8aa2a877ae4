/** The points quota of one hour, which begins anew at the top of each hour. */
export interface PointsLedger {
  readonly quota: number;
  /** Points left in this hour; never below 0. */
  remaining(): number;
  /** Whole seconds until the hour ends, at least 1. */
  secondsToReset(): number;
  spend(points: number): void;
}

/** @param timer milliseconds; hours begin at its multiples of `hourMs` */
export const createPointsLedger = (quota: number, hourMs: number, timer: () => number): PointsLedger => {
  let hour = Math.floor(timer() / hourMs);
  let spent = 0;
  const turn = (): void => {
    const now = Math.floor(timer() / hourMs);
    if (now !== hour) spent = 0;
    hour = now;
  };
  return {
    quota,
    remaining: () => {
      turn();
      return Math.max(0, quota - spent);
    },
    secondsToReset: () => Math.max(1, Math.ceil((hourMs - (timer() % hourMs)) / 1000)),
    spend: (points) => {
      turn();
      spent += points;
    },
  };
};
