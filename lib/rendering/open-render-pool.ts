import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { RenderPool } from './render-pool.js';

export interface RenderPoolShares {
  /** How large the heap of a thread may grow, in bytes. */
  readonly heapBytes: number;
  /** Bytes that the pages in the hands of one thread may take. */
  readonly share: number;
}

const BYTES_A_MB = 1024 * 1024;

/**
 * Threads that render pages, one fewer than there are processors; undefined where there is but one, or where the file that
 * a thread runs is not there, as a bundler that does not know of it leaves it out.
 */
export const openRenderPool = ({ heapBytes, share }: RenderPoolShares): RenderPool | undefined => {
  const size = availableParallelism() - 1;
  const file = fileURLToPath(new URL('./render-worker.js', import.meta.url));
  if (size < 1 || !existsSync(file)) return undefined;
  const resourceLimits = { maxOldGenerationSizeMb: Math.floor(heapBytes / BYTES_A_MB) };
  return new RenderPool({ size, share, start: () => new Worker(file, { resourceLimits }) });
};
