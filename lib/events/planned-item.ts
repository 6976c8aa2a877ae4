import { z } from 'zod';
import { KINDS } from '../core/kinds.js';

/** Why an item is written, moved or deleted. */
const PLAN_REASONS = [
  /** Written: not in the mirror yet. */
  'new',
  /** Written: the wiki has another version. */
  'edited',
  /** Written: the body is as it was, but a link target, the place or the title changed. */
  'relinked',
  /** Written: the file is not there as it was written. */
  'unsound',
  /** Written: everything is asked for again. */
  'full',
  /** Moved: its place, its title or that of something above it changed. */
  'moved',
  /** Deleted: trashed, archived, deleted or in another space. */
  'gone',
  /** Deleted: not visible to this account any more. */
  'unseen',
  /** Deleted: not in the scope any more. */
  'outside',
  /** Deleted: the settings leave its kind out. */
  'unwanted',
  /** Deleted: nothing stands below it any more. */
  'childless',
] as const;

/** What a pull would do to one item. */
export const PlannedItem = z.object({
  kind: z.enum(KINDS),
  id: z.string(),
  title: z.string(),
  action: z.enum(['write', 'move', 'delete']),
  /** Where it is, or will be. */
  path: z.string(),
  /** Where a moved item is now. */
  from: z.string().exactOptional(),
  reason: z.enum(PLAN_REASONS),
});

/** What a dry run would do to an item. */
export type PlannedItem = Readonly<z.infer<typeof PlannedItem>>;
