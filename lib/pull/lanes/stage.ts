import { foldName } from '../../core/file-names.js';
import type { FileStamp } from '../../core/records.js';
import type { MirrorStore } from '../../store/mirror-store.js';

/** A file of the mirror that goes elsewhere. */
export interface Move {
  readonly stamp: FileStamp;
  readonly to: string;
}

/**
 * Takes those files out of the way that others are about to be moved onto, so that swaps and chains overwrite nothing.
 */
export const stage = async (store: MirrorStore, moves: readonly Move[]): Promise<void> => {
  const comingTo = new Map(moves.map(({ stamp, to }) => [foldName(to), stamp.path]));
  for (const { stamp } of moves) {
    const comer = comingTo.get(foldName(stamp.path));
    if (comer !== undefined && comer !== stamp.path) await store.stage(stamp);
  }
};
