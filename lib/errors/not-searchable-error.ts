import { RxsyncError } from './rxsync-error.js';

/** Search leaves out what is in an archived space, and nothing else lists it. */
export class NotSearchableError extends RxsyncError {
  override readonly code = 'not-searchable';

  constructor(space: string) {
    super(`The space ${space} is archived: search does not find what is in it.`, {
      hint: 'To mirror it whole, restore the space.',
    });
  }
}
