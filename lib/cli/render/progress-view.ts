import type { InventoryProgress, Progress, RatePaused, RxsyncEvent } from '../../events/events.js';

/** What a person sees of a run at one moment. */
export interface ProgressView {
  readonly listing?: InventoryProgress;
  readonly progress?: Progress;
  /** The last hold of each lane; of all lanes under the empty name. */
  readonly holds: ReadonlyMap<string, RatePaused>;
}

export const NOTHING_YET: ProgressView = { holds: new Map() };

/** The view after an event; the same one when the event changes nothing of it. */
export const nextView = (view: ProgressView, event: RxsyncEvent): ProgressView => {
  switch (event.type) {
    case 'inventory.progress':
      return view.progress ? view : { ...view, listing: event };
    case 'progress':
      return { ...view, progress: event };
    case 'rate.paused':
      return { ...view, holds: new Map([...view.holds, [event.lane ?? '', event]]) };
    default:
      return view;
  }
};

/** The hold that lasts longest, if any is left. */
export const longestHold = ({ holds }: ProgressView, nowMs: number): RatePaused | undefined =>
  [...holds.values()]
    .filter(({ untilTs }) => Date.parse(untilTs) > nowMs)
    .sort((one, other) => Date.parse(other.untilTs) - Date.parse(one.untilTs))[0];
