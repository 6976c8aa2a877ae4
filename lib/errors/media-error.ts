import { RxsyncError, type RxsyncErrorOptions } from './rxsync-error.js';

/** What was wrong with the bytes of an attachment. */
export type MediaErrorCode =
  'media-host' | 'media-connection' | 'media-status' | 'media-length' | 'media-type' | 'media-redirects';

/** What a `MediaError` knows of the answer. */
export interface MediaErrorOptions extends RxsyncErrorOptions {
  /** HTTP status, with `media-status`. */
  readonly status?: number;
}

/**
 * An attachment's bytes could not be had: refused host, no or a broken connection, expired address, a page instead of
 * the file, or another length than the wiki states.
 */
export class MediaError extends RxsyncError {
  override readonly code: MediaErrorCode;
  readonly status: number | undefined;

  constructor(code: MediaErrorCode, message: string, options: MediaErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.status = options.status;
  }
}
