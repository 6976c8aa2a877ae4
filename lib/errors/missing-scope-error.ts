import { EXIT, RxsyncError } from './rxsync-error.js';

/** The credentials are good and lack the scope that an operation needs. */
export class MissingScopeError extends RxsyncError {
  override readonly code = 'missing-scope';
  override readonly exitCode = EXIT.credentials;

  /**
   * @param request what was asked for: `GET /api/v2/footer-comments`
   * @param scopes the scopes of which the token needs one, in words
   * @param wasOpen whether the wiki has answered the same before
   */
  constructor(
    readonly request: string,
    readonly scopes: string,
    wasOpen = false,
  ) {
    super(
      wasOpen
        ? `The token may not ask for ${request} any more (401), though the wiki knows the account: the token was changed meanwhile, or lacks the scope ${scopes}.`
        : `The token may not ask for ${request}: it lacks the scope ${scopes}.`,
      { hint: 'Make a token with that scope (README, "Scopes and tokens") and pull again.' },
    );
  }
}
