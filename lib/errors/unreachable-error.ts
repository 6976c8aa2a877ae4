import { RxsyncError, type RxsyncErrorOptions } from './rxsync-error.js';

export interface UnreachableErrorOptions extends RxsyncErrorOptions {
  /** No connection could be made at all: nothing else would fare better. @default false */
  readonly isOffline?: boolean;
}

/** No answer came, or half of one: name resolution, connection, TLS or time-out. */
export class UnreachableError extends RxsyncError {
  override readonly code = 'unreachable';
  override readonly isRetryable = true;
  readonly isOffline: boolean;

  constructor(message: string, options: UnreachableErrorOptions = {}) {
    super(message, options);
    this.isOffline = options.isOffline ?? false;
  }
}
