import { RxsyncError, type RxsyncErrorOptions } from './rxsync-error.js';

export interface MalformedResponseErrorOptions extends RxsyncErrorOptions {
  /** The answer was cut off or garbled on its way, not made that way. @default false */
  readonly isGarbled?: boolean;
}

/**
 * An answer with a success status that is not what the API documents. `malformed-response`: it has another shape;
 * `garbled-response`: it is empty, or no complete JSON.
 */
export class MalformedResponseError extends RxsyncError {
  override readonly code: 'malformed-response' | 'garbled-response';

  constructor(message: string, options: MalformedResponseErrorOptions = {}) {
    super(message, options);
    this.code = options.isGarbled === true ? 'garbled-response' : 'malformed-response';
  }
}
