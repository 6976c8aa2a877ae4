import { EXIT, RxsyncError } from './rxsync-error.js';

/** Another run works on the mirror. */
export class MirrorLockedError extends RxsyncError {
  override readonly code = 'mirror-locked';
  override readonly exitCode = EXIT.locked;
}
