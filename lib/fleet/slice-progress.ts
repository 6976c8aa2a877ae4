import { z } from 'zod';
import type { QuotaReading, RxsyncEvent } from '../index.js';
import type { Problem, SpaceResult } from './tenant-state.js';

const Running = z.object({ space: z.string(), done: z.number(), total: z.number() });

/** What heartbeats carry: what is done is not done again by whoever takes over, the rest is for `status`. */
export const Heartbeat = z.object({
  results: z.array(
    z.object({
      space: z.string(),
      problem: z.object({ code: z.string(), message: z.string() }).exactOptional(),
    }),
  ),
  /** Spaces under way: items that are done and that there are, as far as known. */
  running: z.array(Running),
  points: z.number().exactOptional(),
});
export type Heartbeat = z.infer<typeof Heartbeat>;

/** What is known of a slice while it lasts. */
export interface SliceProgress {
  readonly begin: (space: string) => void;
  readonly note: (space: string, event: RxsyncEvent) => void;
  /** It is left for a later slice. */
  readonly leave: (space: string) => void;
  readonly end: (space: string, problem?: Problem) => void;
  /** What the wiki says of its quota. */
  readonly noteQuota: (quota: QuotaReading | undefined) => void;
  readonly heartbeat: () => Heartbeat;
  /** Until when the wiki wants no request, for a slice that has to wait longer than it may. */
  readonly heldUntil: () => number;
}

/** For a wiki that does not say how long. */
const UNTOLD_MS = 60_000;

/** @param before what another worker has done of the same slice */
export const sliceProgress = (before: readonly SpaceResult[], now: () => number): SliceProgress => {
  const results: SpaceResult[] = [...before];
  const running = new Map<string, { readonly done: number; readonly total: number }>();
  let points: number | undefined;
  let heldUntil = 0;
  return {
    begin: (space) => void running.set(space, { done: 0, total: 0 }),
    note: (space, event) => {
      if (event.type === 'rate.paused') heldUntil = Date.parse(event.untilTs);
      if (event.type !== 'progress') return;
      const lanes = [event.pages, event.attachments, event.comments];
      const sum = (of: 'done' | 'total'): number => lanes.reduce((all, lane) => all + lane[of], 0);
      running.set(space, { done: sum('done'), total: sum('total') });
    },
    leave: (space) => void running.delete(space),
    end: (space, problem) => {
      running.delete(space);
      results.push({ space, ...(problem && { problem }) });
    },
    noteQuota: (quota) => {
      points = quota?.remainingPoints;
      // Without it there is plenty left.
      if (points !== undefined && quota?.resetMs !== undefined) heldUntil = now() + quota.resetMs;
    },
    heartbeat: () => ({
      results: [...results],
      running: [...running].map(([space, counts]) => ({ space, ...counts })),
      ...(points !== undefined && { points }),
    }),
    heldUntil: () => (heldUntil > now() ? heldUntil : now() + UNTOLD_MS),
  };
};
