import { EXIT, RxsyncError } from './rxsync-error.js';

/** The folder holds no mirror. */
export class NoMirrorError extends RxsyncError {
  override readonly code = 'no-mirror';
  override readonly exitCode = EXIT.usage;
}
