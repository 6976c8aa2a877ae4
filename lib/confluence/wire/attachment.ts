import { z } from 'zod';
import type { ListedAttachment } from '../../core/content.js';
import { Count, Id, optional, Status, Text, textOr, Time, versionNumber } from './common.js';

const fields = {
  id: Id,
  title: textOr(''),
  status: Status,
  version: optional(z.object({ number: Count, createdAt: Time })),
  fileSize: Count,
  mediaType: Text,
  fileId: Text,
};

/** `att777`, also where the answer has `777`. */
export const attachmentId = (id: string): string => (id.startsWith('att') ? id : `att${id}`);

interface Fields {
  readonly id: string;
  readonly title: string;
  readonly version:
    { readonly number: number | undefined; readonly createdAt: string | undefined } | undefined;
  readonly fileSize: number | undefined;
  readonly mediaType: string | undefined;
  readonly fileId: string | undefined;
}

const attachment = (
  { id, title, version, fileSize, mediaType, fileId }: Fields,
  pageId: string,
): ListedAttachment => ({
  id: attachmentId(id),
  pageId,
  title,
  version: versionNumber(version),
  sizeBytes: fileSize,
  mediaType,
  fileId,
  updatedAt: version?.createdAt,
});

/** An attachment of a page, as v2 lists it. */
export const attachmentOf = (pageId: string): z.ZodType<ListedAttachment> =>
  z.object(fields).transform((found) => attachment(found, pageId));

/** An attachment as v2 answers by its id: `status` may be any. Without a page it hangs on something else. */
export const attachmentById = z
  .object({ ...fields, pageId: optional(Id), blogPostId: optional(Id) })
  .transform(({ status, pageId, blogPostId, ...found }) => ({
    status,
    attachment: attachment(found, pageId ?? blogPostId ?? ''),
  }));
