import { z } from 'zod';
import { Id, optional, Text, textOr } from './common.js';

export const SpaceList = z.object({
  results: z.array(z.object({ id: Id, key: z.string(), name: textOr(''), homepageId: optional(Id) })),
  _links: optional(z.object({ base: Text })),
});
