import { RxsyncError } from './rxsync-error.js';

/** A line is no rxsync event: no JSON, another format version, or an event without its fields. */
export class MalformedEventError extends RxsyncError {
  override readonly code = 'malformed-event';
}
