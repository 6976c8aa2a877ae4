import type { Checkpoint } from './records.js';

/** What a mirror tells of a run that was interrupted. */
export interface Interrupted {
  readonly checkpoint: Checkpoint;
  /** Null before the first complete pull. */
  readonly lastSync: string | null;
  /** Items that have a record. */
  readonly recorded: number;
}

/** How many items it has done. Before the first complete pull that is what is recorded, whatever its last checkpoint has told. */
export const countDone = ({ checkpoint, lastSync, recorded }: Interrupted): number => {
  const { processedCount, totalCount } = checkpoint;
  return lastSync === null ? Math.min(totalCount, Math.max(processedCount, recorded)) : processedCount;
};
