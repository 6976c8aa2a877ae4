import { EXIT, RxsyncError } from './rxsync-error.js';

/** The wiki does not accept the credentials. Ends the run: repeated tries lock accounts. */
export class CredentialsError extends RxsyncError {
  override readonly code: 'credentials' | 'login-page' = 'credentials';
  override readonly exitCode = EXIT.credentials;
}
