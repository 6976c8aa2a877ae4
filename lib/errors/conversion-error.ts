import { RxsyncError } from './rxsync-error.js';

/** A body could not be turned into its format on disk. */
export class ConversionError extends RxsyncError {
  override readonly code = 'conversion';
}
