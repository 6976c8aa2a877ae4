import { z } from 'zod';
import type { ListedAttachment } from '../../core/content.js';
import { Id, optional, Text } from './common.js';

/** An attachment of a page, as v2 lists it. */
export const attachmentOf = (pageId: string): z.ZodType<ListedAttachment> =>
  z
    .object({
      id: Id,
      title: z.string(),
      version: z.object({ number: z.number() }),
      fileSize: optional(z.number()),
      mediaType: Text,
      fileId: Text,
    })
    .transform(({ id, title, version, fileSize, mediaType, fileId }) => ({
      id,
      pageId,
      title,
      version: version.number,
      sizeBytes: fileSize,
      mediaType,
      fileId,
    }));
