import { RxsyncError, type RxsyncErrorOptions } from './rxsync-error.js';

/** What a `MalformedResponseError` knows of the answer. */
export interface MalformedResponseErrorOptions extends RxsyncErrorOptions {
  /** The answer was cut off or garbled on its way, not made that way. @default false */
  readonly isGarbled?: boolean;
  /** The answer is larger than rxsync takes. @default false */
  readonly isOversized?: boolean;
}

/**
 * An answer with a success status that is not what the API documents. `malformed-response`: it has another shape;
 * `garbled-response`: it is empty, or no complete JSON; `oversized-response`: it is larger than rxsync takes.
 */
export class MalformedResponseError extends RxsyncError {
  override readonly code: 'malformed-response' | 'garbled-response' | 'oversized-response';

  constructor(message: string, options: MalformedResponseErrorOptions = {}) {
    super(message, options);
    const { isGarbled = false, isOversized = false } = options;
    this.code = isOversized ? 'oversized-response' : isGarbled ? 'garbled-response' : 'malformed-response';
  }
}
