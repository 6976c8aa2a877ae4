import type { FaultKind } from './faults/parse-faults.js';

/** One request and its answer, as they went over the wire before compression. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody?: string;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** The text of the answer; absent for the bytes of files. */
  readonly responseBody?: string;
  /** The fault that the request suffered: its answer may be anything. */
  readonly fault?: FaultKind;
  /** The wild behaviours that wrote the answer: it may be anything. */
  readonly wild?: readonly string[];
}

/** Counts of what was asked since the start or the last reset. */
export interface RequestCounters {
  readonly total: number;
  /** By method and route template: `GET /wiki/api/v2/pages/:id`; requests to the media host begin with `MEDIA`. */
  readonly byRoute: Readonly<Record<string, number>>;
  /** `none` counts requests whose connection a fault took away before an answer. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** What the requests would have cost under a points quota. */
  readonly points: number;
  /** Most requests in flight at once. */
  readonly maxInFlight: number;
  reset(): void;
}
