import { z } from 'zod';
import { Text } from './common.js';

export const UserList = z.object({
  results: z.array(z.object({ accountId: Text, displayName: Text, publicName: Text }).nullable()),
});

/** `GET /rest/api/user/current`; a stranger has the type `anonymous` and no account id. */
export const CurrentUser = z.object({ type: Text, accountId: Text });
