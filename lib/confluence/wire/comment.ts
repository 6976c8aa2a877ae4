import { z } from 'zod';
import type { CommentWithBody } from '../../core/content.js';
import { Count, Id, optional, Status, Text, Time, versionNumber } from './common.js';

const RESOLUTIONS = ['open', 'reopened', 'resolved', 'dangling'] as const;

export const asResolution = (status: string | undefined): CommentWithBody['resolution'] =>
  RESOLUTIONS.find((known) => known === status);

const Version = optional(z.object({ number: Count, createdAt: Time, authorId: Text }));

/** The first version of a comment: who wrote it, and when. */
export const commentOrigin = z
  .object({ version: Version })
  .transform(({ version }) => ({ authorId: version?.authorId, createdAt: version?.createdAt ?? '' }));

/** A comment as v2 answers by its id: `status` may be any. */
export const commentById = (
  location: CommentWithBody['location'],
): z.ZodType<{ readonly status: string; readonly comment: CommentWithBody }> =>
  z
    .object({
      id: Id,
      status: Status,
      pageId: optional(Id),
      blogPostId: optional(Id),
      parentCommentId: optional(Id),
      resolutionStatus: Text,
      properties: optional(z.object({ inlineOriginalSelection: Text })),
      version: Version,
      body: z.object({ storage: z.object({ value: z.string() }) }),
    })
    .transform(({ id, status, pageId, blogPostId, parentCommentId, ...found }) => ({
      status,
      comment: {
        id,
        version: versionNumber(found.version),
        pageId: pageId ?? blogPostId ?? '',
        parentId: parentCommentId,
        location,
        resolution: location === 'inline' ? asResolution(found.resolutionStatus) : undefined,
        selection: found.properties?.inlineOriginalSelection,
        authorId: found.version?.authorId,
        createdAt: found.version?.createdAt ?? '',
        body: found.body.storage.value,
      },
    }));
