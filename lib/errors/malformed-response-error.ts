import { RxsyncError, type RxsyncErrorOptions } from './rxsync-error.js';

export interface MalformedResponseErrorOptions extends RxsyncErrorOptions {
  /** The answer was cut off or garbled on its way, not made that way. @default false */
  readonly isTransient?: boolean;
}

/** An answer with a success status that is not what the API documents: no JSON, or other fields. */
export class MalformedResponseError extends RxsyncError {
  override readonly code = 'malformed-response';
  override readonly isRetryable: boolean;

  constructor(message: string, options: MalformedResponseErrorOptions = {}) {
    super(message, options);
    this.isRetryable = options.isTransient ?? false;
  }
}
