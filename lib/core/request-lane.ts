/** What a request is for. Each lane is held on its own by a burst limit; `media` is not the API. */
export const REQUEST_LANES = [
  'identity',
  'space',
  'listing',
  'pages',
  'folders',
  'comments',
  'attachments',
  'users',
  'media',
] as const;
/** What a request is for: each lane has its own place in the waiting line. */
export type RequestLane = (typeof REQUEST_LANES)[number];

/** One answered (or failed) attempt of a request, as the governor sees it. */
export interface ResponseSample {
  readonly lane: RequestLane;
  readonly startedAtMs: number;
  readonly atMs: number;
  /** Absent when the connection failed or timed out. */
  readonly status: number | undefined;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Pages, comments, users and the like in the answer. @default 0 */
  readonly objects?: number;
  /** How long of it this process was busy itself; its latency then says little about the wiki. @default 0 */
  readonly busyMs?: number;
}

/** A retry that is about to happen. */
export interface RetryNotice {
  readonly lane: RequestLane;
  readonly attempt: number;
  readonly delayMs: number;
  readonly status: number | undefined;
  readonly code: string | undefined;
}
