import { EXIT, RxsyncError } from './rxsync-error.js';

/** The folder mirrors something else than what is asked for. */
export class MirrorMismatchError extends RxsyncError {
  override readonly code = 'mirror-mismatch';
  override readonly exitCode = EXIT.usage;
}
