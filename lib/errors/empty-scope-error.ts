import { RxsyncError } from './rxsync-error.js';

/** What narrows the pull leaves nothing of the space. */
export class EmptyScopeError extends RxsyncError {
  override readonly code = 'empty-scope';

  /** @param scope in words: `with the label "x"` */
  constructor(space: string, scope: string) {
    super(`There is no page ${scope} in ${space}, as far as this account sees and search knows.`, {
      hint: 'Nothing was changed. Check the spelling; what is quite new search finds some minutes later.',
    });
  }
}
