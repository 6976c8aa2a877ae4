import { RxsyncError } from './rxsync-error.js';

/** The file system refused: no space, no permission, a file where a folder must be, a symbolic link in the way. */
export class StoreError extends RxsyncError {
  override readonly code = 'store';
}
