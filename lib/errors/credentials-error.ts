import { EXIT, RxsyncError } from './rxsync-error.js';

/** The wiki does not accept the credentials, or they lack a scope. Ends the run: repeated tries lock accounts. */
export class CredentialsError extends RxsyncError {
  override readonly code = 'credentials';
  override readonly exitCode = EXIT.credentials;
}
