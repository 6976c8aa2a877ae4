import { EXIT, RxsyncError } from './rxsync-error.js';

/** No space has the key, or the account may not see it; the wiki does not tell them apart. */
export class SpaceNotFoundError extends RxsyncError {
  override readonly code = 'space-not-found';
  override readonly exitCode = EXIT.noSpace;

  constructor(key: string) {
    super(`There is no space with the key "${key}", or this account may not see it.`, {
      hint: 'Check the key (it stands in the address of the space, after /spaces/) and open the space in a browser with the same account.',
    });
  }
}
