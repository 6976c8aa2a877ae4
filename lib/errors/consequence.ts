import { HttpError } from './http-error.js';
import { MediaError } from './media-error.js';
import { isRxsyncError, type RxsyncError } from './rxsync-error.js';

/** What a failure means beyond the request that met it. */
export interface Consequence {
  /**
   * Whether the same is tried again: `often` as many times as `maxRetries` allows, `once` at most, `held` as soon as the
   * governor lets it. Who tries again: see `lib/confluence/retry.ts`.
   */
  readonly again: 'never' | 'once' | 'often' | 'held';
  /** Whether a request for fewer items may fare better. */
  readonly inParts: boolean;
  /**
   * What it costs when nothing of that helps: the item or listing itself, everything of its kind, whatever is still to be
   * asked of the wiki (the run stops softly), or the run at once.
   */
  readonly costs: 'item' | 'kind' | 'wiki' | 'run';
}

const REFUSED: Consequence = { again: 'never', inParts: false, costs: 'item' };
const TRANSIENT: Consequence = { again: 'often', inParts: true, costs: 'item' };
const BUSY: Consequence = { again: 'often', inParts: false, costs: 'item' };
const TOO_MUCH: Consequence = { again: 'never', inParts: true, costs: 'item' };
const LIMITED: Consequence = { again: 'held', inParts: false, costs: 'item' };
const FAULTY_PAGING: Consequence = { again: 'once', inParts: false, costs: 'item' };
const NO_ANSWER_FOR_US: Consequence = { again: 'never', inParts: false, costs: 'wiki' };
const FATAL: Consequence = { again: 'never', inParts: false, costs: 'run' };

/** By the error's `code`; further statuses below 500 are refused, further ones from 500 on are transient. */
const BY_CODE: Readonly<Record<string, Consequence>> = {
  'http-408': TRANSIENT,
  'http-413': TOO_MUCH,
  'http-414': TOO_MUCH,
  'http-429': LIMITED,
  'http-501': REFUSED,
  'http-503': BUSY,
  'http-505': REFUSED,
  'http-511': FATAL,
  'malformed-response': TOO_MUCH,
  'garbled-response': TRANSIENT,
  'oversized-response': TOO_MUCH,
  unreachable: TRANSIENT,
  offline: { ...TRANSIENT, costs: 'run' },
  proxy: FATAL,
  certificate: FATAL,
  'cursor-loop': FAULTY_PAGING,
  'cursor-rejected': FAULTY_PAGING,
  'endless-listing': REFUSED,
  'not-searchable': REFUSED,
  'missing-scope': { ...REFUSED, costs: 'kind' },
  credentials: NO_ANSWER_FOR_US,
  'login-page': { ...NO_ANSWER_FOR_US, again: 'once' },
  'rate-limit-wait': NO_ANSWER_FOR_US,
  'media-host': REFUSED,
  'media-redirects': REFUSED,
  'media-connection': BUSY,
  'media-length': BUSY,
  'media-status': BUSY,
  'media-type': BUSY,
  conversion: REFUSED,
  'refused-file': REFUSED,
  'symbolic-link': REFUSED,
};

const byStatus = ({ status }: HttpError): Consequence => (status >= 500 ? TRANSIENT : REFUSED);

const ofKnown = (error: RxsyncError): Consequence => {
  if (error instanceof MediaError && error.status === 429) return LIMITED;
  return BY_CODE[error.code] ?? (error instanceof HttpError ? byStatus(error) : FATAL);
};

/** The one table of failures: what is not rxsync's own error is a defect and ends the run. */
export const consequenceOf = (error: unknown): Consequence => (isRxsyncError(error) ? ofKnown(error) : FATAL);

/**
 * Whether the same may well succeed when it is tried again later, though nobody has mended anything.
 *
 * @example
 * import { HttpError, isRetryable } from 'rxsync';
 *
 * console.log(isRetryable(new HttpError(502, 'GET /api/v2/pages answered 502.')));
 * console.log(isRetryable(new HttpError(403, 'GET /api/v2/pages answered 403.')));
 * // prints true
 * // prints false
 */
export const isRetryable = (error: unknown): boolean => consequenceOf(error).again !== 'never';
