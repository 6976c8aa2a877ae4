import { RxsyncError } from './rxsync-error.js';

/** A listing goes on and on without telling anything new. */
export class EndlessListingError extends RxsyncError {
  override readonly code = 'endless-listing';

  constructor(what: string, pages: number) {
    super(`${what} has no end: its last ${pages} pages told nothing new, and each names a further one.`, {
      hint: 'The server has a paging fault on this listing. Run again later.',
    });
  }
}
