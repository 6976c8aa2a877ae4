import type { Kind } from '../core/kinds.js';
import type { SettingChange } from '../core/mirror-settings.js';
import type { FailedItem } from './failed-item.js';
import type { FileEvent } from './file-events.js';
import type { IncompleteListing } from './incomplete-listing.js';
import type { PlannedItem } from './planned-item.js';

export type * from './file-events.js';

/**
 * What became of the items of one kind. At the end of a complete run
 * `listed = written + unchanged + moved + failed + notVisible`; `deleted` ones were not listed any more.
 */
export interface KindTotals {
  readonly listed: number;
  readonly written: number;
  readonly unchanged: number;
  readonly moved: number;
  readonly failed: number;
  readonly notVisible: number;
  readonly deleted: number;
}

/** How the items of each kind have ended. */
export type Totals = Readonly<Record<Kind, KindTotals>>;

/** `resume` continues an interrupted run; `delta` follows a finished one; `full` is everything else. */
export type Mode = 'full' | 'delta' | 'resume';

/** The first event of a run. */
export interface RunStarted {
  readonly type: 'run.started';
  readonly space: string;
  readonly mode: Mode;
  /** Items stored by the interrupted run and not finished by it; with mode `resume` only. */
  readonly resumed?: { readonly processed: number; readonly total: number };
}

/** A setting of the mirror is not what it was; before anything is written. */
export interface SettingChanged extends SettingChange {
  readonly type: 'setting.changed';
}

/** How much is listed so far. */
export interface InventoryProgress {
  readonly type: 'inventory.progress';
  readonly pages: number;
  readonly folders: number;
  readonly attachments: number;
}

/** The wiki is listed, and what is to be done is known. */
export interface InventoryDone {
  readonly type: 'inventory.done';
  readonly pages: number;
  readonly folders: number;
  readonly attachments: number;
  /** Attachments beside those that a filter (`attachmentMaxBytes`, `attachmentTypes`) leaves out; absent where it is none. */
  readonly attachmentsLeftOut?: number;
  readonly comments: number;
  /** Pages and blog posts, attachments, comments files. */
  readonly toFetch: { readonly pages: number; readonly attachments: number; readonly comments: number };
  readonly toSkip: number;
  readonly toMove: number;
  readonly toDelete: number;
  /** Bytes of the attachments to download, as the wiki states them. */
  readonly bytes: number;
  /** API requests that the rest of the run is expected to need. */
  readonly requests: number;
}

/** What a pull would do to one item; of dry runs only. */
export interface ItemPlanned extends PlannedItem {
  readonly type: 'item.planned';
}

/** An item has failed; the others go on. */
export interface ItemFailed extends FailedItem {
  readonly type: 'item.failed';
}

/** A listing could not be read whole. */
export interface ListingIncomplete extends IncompleteListing {
  readonly type: 'listing.incomplete';
}

/** The cap of requests in flight is another one. */
export interface RateChanged {
  readonly type: 'rate.changed';
  readonly limit: number;
  readonly previous: number;
  readonly cause: string;
  /** `media` when it is the cap of downloads; absent when it is that of API requests. */
  readonly lane?: string;
}

/** The API is not asked for a while. */
export interface RatePaused {
  readonly type: 'rate.paused';
  readonly untilTs: string;
  readonly reason: string;
  /** The lane that is held; absent when all are. */
  readonly lane?: string;
}

/** A request is sent again after a while. */
export interface RetryScheduled {
  readonly type: 'retry.scheduled';
  readonly lane: string;
  readonly attempt: number;
  readonly delayMs: number;
  readonly status?: number;
  /** Error code of the connection when there was no answer. */
  readonly code?: string;
}

/** How far the run is has been saved. */
export interface CheckpointWritten {
  readonly type: 'checkpoint.written';
  readonly done: number;
  readonly failed: number;
}

/** Something that a user should know and that costs nothing. */
export interface RunWarning {
  readonly code: string;
  readonly message: string;
}

/** A warning, as it comes. */
export interface Warning extends RunWarning {
  readonly type: 'warning';
}

/** How far one kind is. */
export interface LaneProgress {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

/** How far the run is, at most four times a second. */
export interface Progress {
  readonly type: 'progress';
  readonly pages: LaneProgress;
  readonly attachments: LaneProgress;
  readonly comments: LaneProgress;
  /** Pages a second while pages are fetched, else attachments a second. */
  readonly perSecond: number;
  /** Absent until it can be told. */
  readonly etaMs?: number;
  readonly concurrency: number;
  readonly requests: number;
  /** Attachment bytes written. */
  readonly bytes: number;
}

/** What every run ends with; `--json` prints it. */
export interface RunTotals {
  readonly space: string;
  readonly totals: Totals;
  readonly failedItems: readonly FailedItem[];
  readonly incomplete: readonly IncompleteListing[];
  /** The first 100 warnings of the run; earlier releases do not tell them. */
  readonly warnings?: readonly RunWarning[];
  /** All warnings, counted; earlier releases do not tell it. */
  readonly warningCount?: number;
  readonly requests: number;
  readonly retries: number;
  readonly rateLimited: number;
  /** Bytes of all files written. */
  readonly bytes: number;
  readonly durationMs: number;
  readonly exitCode: number;
}

/** The run has ended, with failed items or without. */
export interface RunFinished extends RunTotals {
  readonly type: 'run.finished';
  /** True when nothing was written because only the plan was asked for. */
  readonly dryRun: boolean;
}

/** The run was stopped, and a checkpoint is saved. */
export interface RunInterrupted extends RunTotals {
  readonly type: 'run.interrupted';
  readonly reason: string;
}

/** The run has ended with an error; what was written stays, and the next run goes on from it. */
export interface RunFailed extends RunTotals {
  readonly type: 'run.failed';
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** An event before it is stamped with its envelope. */
export type EventBody =
  | RunStarted
  | SettingChanged
  | InventoryProgress
  | InventoryDone
  | FileEvent
  | ItemPlanned
  | ItemFailed
  | ListingIncomplete
  | RateChanged
  | RatePaused
  | RetryScheduled
  | CheckpointWritten
  | Warning
  | Progress
  | RunFinished
  | RunInterrupted
  | RunFailed;

/** What every event has. */
export interface Envelope {
  /** Version of the event format: within 1, types and fields are only added. */
  readonly v: 1;
  /** Counts from 1 without gaps within a run. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly ts: string;
  /** Id of the run. */
  readonly run: string;
}

/** An event of a pull, one line of NDJSON. */
export type RxsyncEvent = Envelope & EventBody;
/** The name of an event. */
export type EventType = EventBody['type'];
/** The event of a type: `EventOf<'page.written'>`. */
export type EventOf<T extends EventType> = Envelope & Extract<EventBody, { type: T }>;
