import { RxsyncError, type RxsyncErrorOptions } from './rxsync-error.js';

/** A body could not be turned into its format on disk, or would have taken more memory for it than a page gets. */
export class ConversionError extends RxsyncError {
  override readonly code = 'conversion';

  constructor(message: string, options: RxsyncErrorOptions = {}) {
    super(message, { hint: "Pull it with `format: 'storage'`, and report the page.", ...options });
  }
}
