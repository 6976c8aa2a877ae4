import { MirrorMismatchError } from '../errors/mirror-mismatch-error.js';
import type { InnerMirror } from '../store/mirrors-in.js';

/**
 * A document is of a page of a space: of two mirrors of one space each would take from the reader what the other has told.
 * Mirrors of ADF tell none.
 * @throws MirrorMismatchError naming both
 */
export const refuseTwins = (mirrors: readonly InnerMirror[]): void => {
  const dirs = new Map<string, string>();
  for (const { dir, state: read } of mirrors) {
    if (read.kind !== 'read' || read.state.scope.format === 'adf') continue;
    const { spaceId, scope } = read.state;
    const space = JSON.stringify([scope.site, spaceId]);
    const twin = dirs.get(space);
    if (twin !== undefined)
      throw new MirrorMismatchError(
        `"${twin}" and "${dir}" are both mirrors of ${scope.space} of ${scope.site}: a document of one would be taken for that of the other.`,
        { hint: 'Name one of them, and give the documents of each an index of its own.' },
      );
    dirs.set(space, dir);
  }
};
