import { RxsyncError, type RxsyncErrorOptions } from './rxsync-error.js';

/** What an `HttpError` knows of the answer. */
export interface HttpErrorOptions extends RxsyncErrorOptions {
  /** What was asked for: `GET /api/v2/pages`. */
  readonly request?: string;
  /**
   * A 404 that does not name what was not found: refused credentials are answered so, too, hence it says nothing of the
   * thing. @default false
   */
  readonly isBare?: boolean;
  /** What the body of the answer says. @default nothing */
  readonly words?: string;
}

/** The wiki answered with a status that is no success. `code` is `http-<status>`. */
export class HttpError extends RxsyncError {
  override readonly code: string;
  readonly status: number;
  readonly request: string | undefined;
  readonly isBare: boolean;
  readonly words: string;

  constructor(status: number, message: string, options: HttpErrorOptions = {}) {
    super(message, options);
    this.status = status;
    this.code = `http-${status}`;
    this.request = options.request;
    this.isBare = options.isBare ?? false;
    this.words = options.words ?? '';
  }
}

/** Whether an error is an answer of the wiki with a status. */
export const isHttpError = (error: unknown): error is HttpError => error instanceof HttpError;

/**
 * True for 403 and for a 404 that names the item: it is gone or hidden from this account; which of the two, the wiki does
 * not say.
 */
export const isNotVisible = (error: unknown): boolean =>
  isHttpError(error) && (error.status === 403 || (error.status === 404 && !error.isBare));

/** True for any 403 and 404: the answer is no. */
export const isRefusedItem = (error: unknown): boolean =>
  isHttpError(error) && (error.status === 403 || error.status === 404);
