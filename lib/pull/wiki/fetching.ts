import type { Observable } from 'rxjs';
import type { WikiClient } from '../../confluence/wiki-client.js';
import { isRxsyncError } from '../../errors/rxsync-error.js';
import type { EventBody } from '../../events/events.js';
import type { AdaptiveMergeMapConfig } from '../../operators/adaptive-merge-map.js';
import type { Settled } from '../../operators/settle.js';
import { isFatal } from '../run/failure.js';

/** What fetchers work with. */
export interface Fetching {
  readonly client: WikiClient;
  readonly limit$: Observable<number>;
  readonly attachmentLimit$: Observable<number>;
  readonly notify: (event: EventBody) => void;
}

/** What a fetcher tells of its room. */
export type FetchConfig = Pick<AdaptiveMergeMapConfig, 'demand'>;

/** What became of an item: `fulfilled` with its `value`, or `rejected` with the item as `input` and the `reason`. */
export type Fetched<T, R> = Settled<T, R>;

/** Whether no other item would fare better. What is no error of rxsync's is the failure of its item. */
export const isFatalFetch = (error: unknown): boolean => isRxsyncError(error) && isFatal(error);
