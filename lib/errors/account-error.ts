import { RxsyncError } from './rxsync-error.js';

/** Listed items have come to no end: a defect of rxsync that must not pass as success. */
export class AccountError extends RxsyncError {
  override readonly code = 'account';
}
