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
      readonly event?: EventBody;
      readonly failed?: FailedItem;
    };

export const eventStep = (event: EventBody): Step => ({ type: 'event', event });
