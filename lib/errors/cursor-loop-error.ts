import { RxsyncError } from './rxsync-error.js';

/** A paged listing handed out a cursor that it had handed out before: going on would never end. */
export class CursorLoopError extends RxsyncError {
  override readonly code = 'cursor-loop';
  readonly cursor: string;

  constructor(cursor: string) {
    super(`The listing repeats itself: it returned the cursor "${cursor}" a second time.`, {
      hint: 'Run again; if it happens again, the server has a paging fault on this listing.',
    });
    this.cursor = cursor;
  }
}
