import { RefusedFileError } from './refused-file-error.js';

/** A folder of the mirror is a symbolic link: what would have to be done through it is left undone. */
export class SymbolicLinkError extends RefusedFileError {
  override readonly code = 'symbolic-link';

  /** @param path of the link, relative to the mirror */
  constructor(path: string) {
    super(
      path,
      `"${path}" is a symbolic link: nothing is read, written, moved or deleted through it, and what is behind it stays as it is.`,
      { hint: `Put the folder itself in the place of "${path}", or remove the link, and pull again.` },
    );
  }
}
