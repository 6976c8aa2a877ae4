/** How much of the heap its parts may take, in bytes. */
export interface MemoryShares {
  /** What an answer of the wiki may weigh on the wire: some are in flight at once, each beside what was made of it. */
  readonly answer: number;
  /** What the text of one page may take while it is read and converted; one page is at a time. */
  readonly page: number;
}

/** Far above what batches aim at, however large the heap is. */
const MOST_ANSWER_BYTES = 64 * 1024 ** 2;

/** The shares of a heap that may grow to `heapBytes`; they depend on nothing else, so that each run has the same. */
export const memoryShares = (heapBytes: number): MemoryShares => ({
  answer: Math.min(MOST_ANSWER_BYTES, Math.floor(heapBytes / 32)),
  page: Math.floor(heapBytes / 3),
});

/** `57.2 MB`. */
export const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;
