import { z } from 'zod';
import type { CommentWithBody, ListedAttachment, ListedComment } from '../../core/content.js';
import type { SearchedChange, SearchedFolder, SearchedLabels, SearchedPage } from '../../core/searched.js';
import { attachmentId } from './attachment.js';
import { asResolution } from './comment.js';
import { Count, Id, Links, optional, Status, Text, textOr, Time, versionNumber } from './common.js';

/** Items of CQL search (v1 Content), each with the `expand` that fills the fields used here. */

const Ancestors = z.array(z.object({ id: Id, type: textOr('page'), title: textOr('') }));
const Version = optional(z.object({ number: Count, when: Time }));
const ON_PAGES: ReadonlySet<string> = new Set(['page', 'blogpost']);

/** The id of the page that something hangs on; empty where it hangs on something else, such as a comment or the space. */
const Container = z
  .object({ id: Id, type: textOr('page') })
  .transform(({ id, type }) => (ON_PAGES.has(type) ? id : ''));
const Resolution = optional(z.object({ status: Text }));

const CONTAINERS = ['folder', 'whiteboard', 'database', 'embed'] as const;

export const FOLDER_EXPAND = 'ancestors';
export const searchedFolder: z.ZodType<SearchedFolder> = z
  .object({ id: Id, type: z.enum(CONTAINERS), title: textOr(''), ancestors: optional(Ancestors) })
  .transform(({ id, type, title, ancestors }) => ({
    id,
    type,
    title,
    parentId: ancestors?.at(-1)?.id,
    parentType: ancestors?.at(-1)?.type,
    isPlaced: ancestors !== undefined && title !== '',
  }));

export const PAGE_EXPAND = 'version,ancestors,history';
export const searchedPage: z.ZodType<SearchedPage> = z
  .object({
    id: Id,
    type: z.enum(['page', 'blogpost']),
    title: textOr(''),
    version: Version,
    ancestors: optional(Ancestors).transform((ancestors) => ancestors ?? []),
    history: optional(z.object({ createdDate: Time })),
    _links: Links,
  })
  .transform(({ id, type, title, version, ancestors, history, _links }) => ({
    page: {
      kind: type,
      id,
      title,
      parentId: type === 'page' ? ancestors.at(-1)?.id : undefined,
      parentType: ancestors.at(-1)?.type,
      version: versionNumber(version),
      createdAt: history?.createdDate,
      updatedAt: version?.when,
      authorId: undefined,
      webui: _links.webui,
    },
    ancestors,
  }));

export const ATTACHMENT_EXPAND = 'container,version,extensions';
export const searchedAttachment: z.ZodType<ListedAttachment> = z
  .object({
    id: Id,
    title: textOr(''),
    container: Container,
    version: Version,
    extensions: optional(z.object({ mediaType: Text, fileSize: Count, fileId: Text })),
  })
  .transform(({ id, title, container, version, extensions }) => ({
    id: attachmentId(id),
    pageId: container,
    title,
    version: versionNumber(version),
    sizeBytes: extensions?.fileSize,
    mediaType: extensions?.mediaType,
    fileId: extensions?.fileId,
    updatedAt: version?.when,
  }));

const CommentExtensions = optional(
  z.object({
    location: Text,
    inlineProperties: optional(z.object({ originalSelection: Text })),
    resolution: Resolution,
  }),
);
type CommentExtensions = z.output<typeof CommentExtensions>;

const isInline = (extensions: CommentExtensions): boolean =>
  extensions?.inlineProperties !== undefined || extensions?.location === 'inline';

/** Footer comments are said to be `open`, too: only inline ones have a resolution worth showing. */
const resolutionOf = (extensions: CommentExtensions): string | undefined =>
  isInline(extensions) ? extensions?.resolution?.status : undefined;

export const COMMENT_EXPAND = 'container,version,extensions.inlineProperties,extensions.resolution';
export const searchedComment: z.ZodType<ListedComment> = z
  .object({
    id: Id,
    container: Container,
    version: Version,
    extensions: CommentExtensions,
  })
  .transform(({ id, container, version, extensions }) => ({
    id,
    pageId: container,
    version: versionNumber(version),
    resolution: resolutionOf(extensions),
    updatedAt: version?.when,
  }));

export const COMMENT_BODY_EXPAND =
  'body.storage,version,container,ancestors,history,extensions.inlineProperties,extensions.resolution';
export const commentWithBody: z.ZodType<CommentWithBody> = z
  .object({
    id: Id,
    status: Status.refine((status) => status === 'current', 'not current'),
    container: Container,
    ancestors: optional(Ancestors).transform((ancestors) => ancestors ?? []),
    version: optional(z.object({ number: Count, when: Time, by: optional(z.object({ accountId: Text })) })),
    history: optional(z.object({ createdDate: Time, createdBy: optional(z.object({ accountId: Text })) })),
    extensions: CommentExtensions,
    body: z.object({ storage: z.object({ value: z.string() }) }),
  })
  .transform(({ id, container, ancestors, version, history, extensions, body }) => ({
    id,
    version: versionNumber(version),
    pageId: container,
    parentId: ancestors.at(-1)?.id,
    location: isInline(extensions) ? 'inline' : 'footer',
    resolution: asResolution(resolutionOf(extensions)),
    selection: extensions?.inlineProperties?.originalSelection,
    authorId: history?.createdBy?.accountId ?? version?.by?.accountId,
    createdAt: history?.createdDate ?? version?.when ?? '',
    body: body.storage.value,
  }));

export const LABELS_EXPAND = 'metadata.labels';
export const Label = z.object({ name: z.string() });
const Labels = z.object({
  results: z.array(Label),
  _links: z.object({ next: z.string().nullish() }).nullish(),
});
export const searchedLabels: z.ZodType<SearchedLabels> = z
  .object({
    id: Id,
    type: z.enum(['page', 'blogpost']),
    metadata: z.object({ labels: Labels }),
  })
  .transform(({ id, type, metadata }) => ({
    kind: type,
    id,
    labels: metadata.labels.results.map((label) => label.name),
    hasMore: typeof metadata.labels._links?.next === 'string',
  }));

export const CHANGE_EXPAND =
  'version,container,ancestors,history,extensions,extensions.inlineProperties,extensions.resolution';

const CHANGES: Readonly<Record<SearchedChange['type'], z.ZodType<SearchedChange>>> = {
  blogpost: searchedPage.transform(({ page }) => ({ id: page.id, type: 'blogpost', page })),
  folder: searchedFolder.transform((folder) => ({ id: folder.id, type: 'folder', folder })),
  attachment: searchedAttachment.transform((attachment) => ({
    id: attachment.id,
    type: 'attachment',
    attachment,
  })),
  comment: searchedComment.transform((comment) => ({ id: comment.id, type: 'comment', comment })),
};

export const searchedChange: z.ZodType<SearchedChange> = z
  .looseObject({ type: z.enum(['blogpost', 'folder', 'attachment', 'comment']) })
  .transform((item, context): SearchedChange => {
    const parsed = CHANGES[item.type].safeParse(item);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  });

/** Only the general search tells how much there is. */
export const Total = z.object({ totalSize: z.number() });
