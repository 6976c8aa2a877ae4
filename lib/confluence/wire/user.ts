import { z } from 'zod';
import { Text } from './common.js';

export const UserList = z.object({
  results: z.array(z.object({ accountId: z.string(), displayName: Text, publicName: Text })),
});
