import { RxsyncError } from './rxsync-error.js';

/** Temporal, on which a fleet runs, is not reached or refuses what it is asked. */
export class EngineError extends RxsyncError {
  override readonly code = 'engine';
}
