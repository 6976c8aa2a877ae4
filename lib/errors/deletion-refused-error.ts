import { EXIT, RxsyncError } from './rxsync-error.js';

/** More would be deleted than `--max-delete` allows. */
export class DeletionRefusedError extends RxsyncError {
  override readonly code = 'deletion-refused';
  override readonly exitCode = EXIT.refusedDeletion;
}
