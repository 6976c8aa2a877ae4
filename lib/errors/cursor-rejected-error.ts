import { RxsyncError } from './rxsync-error.js';

/** A paged listing refused a cursor that it had handed out itself. */
export class CursorRejectedError extends RxsyncError {
  override readonly code = 'cursor-rejected';

  constructor(what: string) {
    super(`${what} refused a cursor that it had given: the listing cannot be read to its end.`, {
      hint: 'The mirror is as it was. Run again; if it happens again, the server has a paging fault on this listing.',
    });
  }
}
