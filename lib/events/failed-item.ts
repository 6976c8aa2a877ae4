import { z } from 'zod';
import { KINDS } from '../core/kinds.js';

/** An item that could not be had or written. */
export const FailedItem = z.object({
  kind: z.enum(KINDS),
  id: z.string(),
  title: z.string(),
  code: z.string(),
  /** HTTP status of the last answer; absent when there was none. */
  status: z.number().exactOptional(),
  /** What the file system refuses, relative to the mirror; absent when it was something else that failed. */
  path: z.string().exactOptional(),
  /** Whether another try may help though nobody has mended anything. */
  retryable: z.boolean(),
  /** How often it was tried, alone or in a batch; tries that the rate limit refused do not count. */
  attempts: z.number(),
  message: z.string(),
  /** What the user can do about it. */
  hint: z.string(),
});

/** An item that is not in the mirror as it is in the wiki, and why. */
export type FailedItem = Readonly<z.infer<typeof FailedItem>>;
