/** How much of the heap its parts may take, in bytes. */
export interface MemoryShares {
  /** What an answer of the wiki may weigh on the wire: some are in flight at once, each beside what was made of it. */
  readonly answer: number;
  /** Batches of bodies that may be in flight, of pages and of blog posts each, were each answer as heavy as it may be. */
  readonly batches: number;
  /** What the text of one page may take while it is read and converted; one page is at a time. */
  readonly page: number;
}

/** Far above what batches aim at, however large the heap is. */
const MOST_ANSWER_BYTES = 64 * 1024 ** 2;

/** Batches of one kind, however small the heap is: one comes while the other is written. */
export const LEAST_BATCHES = 2;
const MOST_BATCHES = 3;
/** Pages and blog posts. */
const KINDS = 2;
/** What an answer is in memory at the worst: its text and the bodies made of it, at two bytes a character. */
const COPIES = 4;

/** As many as half of the heap holds. */
const batchesIn = (heapBytes: number, answer: number): number =>
  Math.max(LEAST_BATCHES, Math.min(MOST_BATCHES, Math.floor(heapBytes / 2 / (KINDS * COPIES * answer))));

/** The shares of a heap that may grow to `heapBytes`; they depend on nothing else, so that each run has the same. */
export const memoryShares = (heapBytes: number): MemoryShares => {
  const answer = Math.min(MOST_ANSWER_BYTES, Math.floor(heapBytes / 32));
  return { answer, batches: batchesIn(heapBytes, answer), page: Math.floor(heapBytes / 3) };
};

/** `57.2 MB`. */
export const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;
