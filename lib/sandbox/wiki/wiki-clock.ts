/** The wiki's own time, in milliseconds since the epoch: in timestamps, the `Date` header and CQL's `now()`. */
export interface WikiClock {
  now(): number;
  /** Called by every change: moves a standing clock on by a minute and returns the new time. */
  tick(): number;
  /** Moves the clock on, also one that follows `now`. */
  advance(byMs: number): void;
}

/** When the generated wiki ends and changes begin. */
export const BASE_TIME = Date.UTC(2026, 0, 1);

const TICK_MS = 60_000;

/** A clock that stands at BASE_TIME and moves with changes only, or follows `now` when given. */
export const createWikiClock = (now?: () => number): WikiClock => {
  let offset = now === undefined ? BASE_TIME : 0;
  const read = (): number => offset + (now?.() ?? 0);
  return {
    now: read,
    tick: () => {
      if (now === undefined) offset += TICK_MS;
      return read();
    },
    advance: (byMs) => {
      offset += byMs;
    },
  };
};
