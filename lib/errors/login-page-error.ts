import { CredentialsError } from './credentials-error.js';

/** An HTML page, probably of a login, came in place of JSON. */
export class LoginPageError extends CredentialsError {
  override readonly code = 'login-page';
}
