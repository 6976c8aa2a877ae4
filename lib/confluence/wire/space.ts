import { z } from 'zod';
import { Id, optional, Text, textOr } from './common.js';

export const spaceRow = z
  .object({ id: Id, key: z.string().min(1), name: textOr(''), homepageId: optional(Id), status: Text })
  .transform(({ status, ...space }) => ({ ...space, isArchived: status === 'archived' }));
