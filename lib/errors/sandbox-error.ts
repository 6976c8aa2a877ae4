import { RxsyncError } from './rxsync-error.js';

/** The embedded wiki cannot do it: its port is taken, or a change is one that a wiki refuses (unknown id, taken title). */
export class SandboxError extends RxsyncError {
  readonly code = 'sandbox';
}
