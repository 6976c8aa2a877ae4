import { RxsyncError } from './rxsync-error.js';

/** What stdout or the log leads to takes no more: a full disk, a device that is gone. */
export class OutputError extends RxsyncError {
  override readonly code = 'output';

  constructor(cause: Error) {
    super(`The output cannot be written: ${cause.message}.`, {
      cause,
      hint: 'Make room, or write it elsewhere, and run the same command again.',
    });
  }
}
