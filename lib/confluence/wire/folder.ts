import { z } from 'zod';
import type { ContainerType, ListedFolder } from '../../core/content.js';
import { Id, optional, Text, textOr } from './common.js';

/** What `GET /folders/{id}` and its like for whiteboards, databases and embeds answer. */
export const folderById = (
  type: ContainerType,
): z.ZodType<ListedFolder & { parentType: string | undefined }> =>
  z
    .object({ id: Id, title: textOr(''), parentId: optional(Id), parentType: Text })
    .transform((folder) => ({ ...folder, type }));
