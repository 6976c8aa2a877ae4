/** What a response of page bodies should weigh: large enough to save requests, small enough for memory and time-outs. */
export const TARGET_BATCH_BYTES = 4 * 1024 * 1024;
const MAX_IDS = 250;
const FIRST_IDS = 50;

/** The running mean of what a page weighs. */
export interface BatchSize {
  readonly pages: number;
  readonly bytes: number;
}

export const unknownBatchSize: BatchSize = { pages: 0, bytes: 0 };

export const observeBatch = (size: BatchSize, pages: number, bytes: number): BatchSize => ({
  pages: size.pages + pages,
  bytes: size.bytes + bytes,
});

/** How many ids the next batch should ask for: 50 before anything is known, then as many as the target holds. */
export const nextBatchSize = ({ pages, bytes }: BatchSize): number =>
  pages === 0
    ? FIRST_IDS
    : Math.max(1, Math.min(MAX_IDS, Math.floor((TARGET_BATCH_BYTES * pages) / Math.max(1, bytes))));
