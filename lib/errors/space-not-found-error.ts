import { EXIT, RxsyncError } from './rxsync-error.js';

/** No space has the key, or the account may not see it; the wiki does not tell them apart. Without a key: it sees none at all. */
export class SpaceNotFoundError extends RxsyncError {
  override readonly code = 'space-not-found';
  override readonly exitCode = EXIT.noSpace;

  constructor(key?: string) {
    if (key === undefined)
      super('There is no current space that this account sees.', {
        hint: 'Open the wiki in a browser with the same account: what it does not see there is not to be had.',
      });
    else
      super(`There is no space with the key "${key}", or this account may not see it.`, {
        hint: 'Check the key (it stands in the address of the space, after /spaces/) and open the space in a browser with the same account.',
      });
  }
}
