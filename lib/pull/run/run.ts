import type { Observable } from 'rxjs';
import type { WikiClient } from '../../confluence/wiki-client.js';
import type { Gap, ListedPage } from '../../core/content.js';
import type { MemoryShares } from '../../core/memory-shares.js';
import type { RxsyncError } from '../../errors/rxsync-error.js';
import type { EventBody } from '../../events/events.js';
import type { People } from './people.js';
import type { ResolvedOptions } from './pull-options.js';
import type { SourceMemo } from './source-memo.js';

/** What the inventory counts while it walks. */
export type Listed = 'pages' | 'folders' | 'attachments' | 'comments';

/** What all parts of one pull share; made anew for each subscription. */
export interface Run {
  readonly options: ResolvedOptions;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly wiki: WikiClient;
  readonly shares: MemoryShares;
  readonly people: People;
  readonly sources: SourceMemo;
  /** How many API requests may be in flight. */
  readonly limit$: Observable<number>;
  /** How many downloads may be in flight. */
  readonly attachmentLimit$: Observable<number>;
  /** Emits once, and again to late subscribers: drop waiting work, finish what is active. */
  readonly stop$: Observable<string>;
  /** Why the run is to stop, once it is. */
  readonly stopReason: () => string | undefined;
  /** Stops the run for an error: as a stop that is asked for, but then it fails. The first reason to stop counts. */
  readonly halt: (error: RxsyncError) => void;
  /** Says that a listing is not whole; each kind of listing once. */
  readonly noteGap: (gap: Gap) => void;
  readonly countListed: (what: Listed, count: number) => void;
  /** Tells the first pages of a listing that turns out to be long, while it goes on. */
  readonly tellLongListing: (first: readonly ListedPage[]) => void;
  /** Tells an event from beside the pipeline. */
  readonly notify: (event: EventBody) => void;
}
