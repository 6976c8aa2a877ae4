import { RxsyncError } from './rxsync-error.js';

/** What a pull is narrowed to is not in the space, or not to be seen. */
export class AncestorNotFoundError extends RxsyncError {
  override readonly code = 'ancestor-not-found';

  /** @param isRemembered whether the mirror has been pulled with these ancestors before */
  constructor(space: string, ids: readonly string[], { isRemembered }: { readonly isRemembered: boolean }) {
    super(`There is no page or folder ${ids.join(' or ')} in ${space}, as far as this account sees.`, {
      hint: isRemembered
        ? 'What the mirror has from below it stays, unless it was deleted. Name with `ancestor` what is still there, or end the narrowing with `ancestor: null`.'
        : 'Nothing was changed. Check the id or the address, and that this account may see it.',
    });
  }
}
