import { z } from 'zod';
import type { ListedAttachment, ListedComment, ListedFolder, ListedPage } from '../core/content.js';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const Page: z.ZodType<ListedPage> = z.object({
  kind: z.enum(['page', 'blogpost']),
  id: z.string(),
  title: z.string(),
  parentId: text,
  parentType: text,
  version: z.number(),
  createdAt: text,
  updatedAt: text,
  authorId: text,
  labels: z.array(z.string()).readonly().exactOptional(),
});

const Folder: z.ZodType<ListedFolder> = z.object({
  id: z.string(),
  type: z.enum(['folder', 'whiteboard', 'database', 'embed', 'page', 'unknown']),
  title: z.string(),
  parentId: text,
});

const Attachment: z.ZodType<ListedAttachment> = z.object({
  id: z.string(),
  pageId: z.string(),
  title: z.string(),
  version: z.number(),
  sizeBytes: z
    .number()
    .nullish()
    .transform((value) => value ?? undefined),
  mediaType: text,
  fileId: text,
});

const Comment: z.ZodType<ListedComment> = z.object({
  id: z.string(),
  pageId: z.string(),
  version: z.number(),
  resolution: text,
});

/** The fields of a record that keep what the listing said. */
export const listedFields = {
  page: Page.exactOptional(),
  folder: Folder.exactOptional(),
  attachment: Attachment.exactOptional(),
  comments: z.array(Comment).readonly().exactOptional(),
};
