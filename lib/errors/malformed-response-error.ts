import { RxsyncError } from './rxsync-error.js';

/** An answer with a success status that is not what the API documents: no JSON, or other fields. */
export class MalformedResponseError extends RxsyncError {
  override readonly code = 'malformed-response';
}
