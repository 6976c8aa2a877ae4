import { RxsyncError } from './rxsync-error.js';

/** The embedded wiki was asked for a change that a wiki refuses: an unknown id, a title that is taken. */
export class SandboxError extends RxsyncError {
  readonly code = 'sandbox';
}
