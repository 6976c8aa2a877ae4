import { RxsyncError, type RxsyncErrorOptions } from './rxsync-error.js';

const TRANSIENT_STATUS: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** The wiki answered with a status that is no success. `code` is `http-<status>`. */
export class HttpError extends RxsyncError {
  override readonly code: string;
  override readonly isRetryable: boolean;
  readonly status: number;

  constructor(status: number, message: string, options: RxsyncErrorOptions = {}) {
    super(message, options);
    this.status = status;
    this.code = `http-${status}`;
    this.isRetryable = TRANSIENT_STATUS.has(status);
  }
}

export const isHttpError = (error: unknown): error is HttpError => error instanceof HttpError;

/** True for 403 and 404: the item is gone or hidden from this account; which of the two, the wiki does not say. */
export const isNotVisible = (error: unknown): boolean =>
  isHttpError(error) && (error.status === 403 || error.status === 404);

/** True for 429: the governor holds the lane, the request may then leave again. */
export const isRateLimited = (error: unknown): boolean => isHttpError(error) && error.status === 429;
