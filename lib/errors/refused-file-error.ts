import { RxsyncError, type RxsyncErrorOptions } from './rxsync-error.js';

/**
 * The file system refuses one file or folder of the mirror, and works elsewhere: what belongs there is left undone, and the
 * next pull tries again.
 */
export class RefusedFileError extends RxsyncError {
  override readonly code: string = 'refused-file';

  /** @param path of what is refused, relative to the mirror */
  constructor(
    readonly path: string,
    message: string,
    options?: RxsyncErrorOptions,
  ) {
    super(message, options);
  }
}
