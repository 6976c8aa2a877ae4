import type { EventBody, KindTotals } from '../../events/events.js';
import type { Kind } from '../../core/kinds.js';
import type { FailedItem } from '../../events/failed-item.js';

export type Result = Exclude<keyof KindTotals, 'listed'>;

/** What the parts of a pull tell: events as they are, and what became of items, with the event that says so. */
export type Step =
  | { readonly type: 'event'; readonly event: EventBody }
  | { readonly type: 'listed'; readonly kind: Kind; readonly count: number }
  | {
      readonly type: 'outcome';
      readonly kind: Kind;
      readonly result: Result;
      /** How many items; @default 1 */
      readonly count?: number;
      /** Bytes of the files written. @default 0 */
      readonly bytes?: number;
      /** The text of the page may name files: those that no listing has told of are looked for. @default false */
      readonly mayNameFiles?: boolean;
      /** Told before `event`: the move of a file that is written anew, too. */
      readonly first?: EventBody;
      readonly event?: EventBody;
      /** Told after `event`, of a second file. */
      readonly beside?: readonly EventBody[];
      readonly failed?: FailedItem;
    };

/** What a step tells. */
export const eventsOf = (step: Step): readonly EventBody[] => {
  if (step.type === 'event') return [step.event];
  if (step.type === 'listed') return [];
  const { first, event, beside = [] } = step;
  return [...(first ? [first] : []), ...(event ? [event] : []), ...beside];
};

export const eventStep = (event: EventBody): Step => ({ type: 'event', event });
