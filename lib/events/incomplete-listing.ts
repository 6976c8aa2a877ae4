import { z } from 'zod';
import { LISTINGS } from '../core/kinds.js';

/** A listing that could not be read whole: what the mirror holds of it stays, what it does not hold may be missing. */
export const IncompleteListing = z.object({
  of: z.enum(LISTINGS),
  code: z.string(),
  /** HTTP status of the last answer; absent when there was none. */
  status: z.number().exactOptional(),
  message: z.string(),
  /** What the user can do about it. */
  hint: z.string(),
});

/** A listing that could not be read whole: nothing of its kind is deleted. */
export type IncompleteListing = Readonly<z.infer<typeof IncompleteListing>>;
