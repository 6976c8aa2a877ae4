import { toAtlasDoc, toView } from '../data/renderings.js';
import type { WikiUser } from '../data/users.js';
import { fileIdOf } from '../wiki/file-store.js';
import {
  type Attachment,
  type BlogPost,
  type Comment,
  type Content,
  type Space,
  type TreeNode,
  isTreeNode,
} from '../wiki/model.js';
import type { Api } from './api.js';
import { downloadPath, webUiOf } from './links.js';

const time = (ms: number): string => new Date(ms).toISOString();

const versionJson = (content: Content) => ({
  number: content.version,
  createdAt: time(content.modifiedAt),
  message: content.message,
  minorEdit: false,
  authorId: content.editorId,
});

const RENDERINGS: Readonly<Record<string, (storage: string) => string>> = {
  storage: (storage) => storage,
  editor: (storage) => storage,
  atlas_doc_format: toAtlasDoc,
  view: toView,
  export_view: toView,
  anonymous_export_view: toView,
  styled_view: toView,
};

/** The `body` of an answer in one representation; empty when none is asked for. */
export const bodyJson = (
  api: Api,
  content: Content,
  format: string | undefined,
  version?: number,
): Readonly<Record<string, { readonly representation: string; readonly value: string }>> => {
  const render = format === undefined ? undefined : RENDERINGS[format];
  if (format === undefined || render === undefined) return {};
  return { [format]: { representation: format, value: render(api.state.bodies.read(content, version)) } };
};

/** The node above; null at the root and in the trash. */
const parentIdOf = ({ status, parentId }: TreeNode): string | null =>
  status === 'trashed' ? null : parentId;

/** Type of the node above, null where there is none. */
const parentTypeOf = (api: Api, node: TreeNode): string | null => {
  const parent = api.state.store.get(parentIdOf(node) ?? '');
  return isTreeNode(parent) ? parent.type : null;
};

const common = (content: Content) => ({
  id: content.id,
  status: content.status,
  title: content.title,
});

const pageJson = (api: Api, page: TreeNode, format?: string) => ({
  ...common(page),
  spaceId: page.spaceId,
  parentId: parentIdOf(page),
  parentType: parentTypeOf(api, page),
  position: page.position,
  authorId: page.authorId,
  ownerId: page.authorId,
  lastOwnerId: null,
  createdAt: time(page.createdAt),
  version: versionJson(page),
  body: bodyJson(api, page, format),
  _links: documentLinks(api, page),
});

const blogPostJson = (api: Api, post: BlogPost, format?: string) => ({
  ...common(post),
  spaceId: post.spaceId,
  authorId: post.authorId,
  createdAt: time(post.createdAt),
  version: versionJson(post),
  body: bodyJson(api, post, format),
  _links: documentLinks(api, post),
});

const documentLinks = (api: Api, content: Content) => ({
  webui: webUiOf(api.state.store, content),
  editui: `/pages/resumedraft.action?draftId=${content.id}`,
  tinyui: `/x/${Number(content.id).toString(36)}`,
});

/** A folder, whiteboard, database or embed. */
const nodeJson = (api: Api, node: TreeNode) => ({
  ...common(node),
  type: node.type,
  parentId: parentIdOf(node),
  parentType: parentTypeOf(api, node),
  position: node.position,
  authorId: node.authorId,
  ownerId: node.authorId,
  createdAt: time(node.createdAt),
  version: versionJson(node),
  ...(node.type === 'folder' ? { spaceId: node.spaceId } : {}),
  ...(node.type === 'embed' ? { embedUrl: 'https://example.com/embedded' } : {}),
  _links: { webui: webUiOf(api.state.store, node) },
});

/** The field that names what an attachment or comment belongs to. */
const containerJson = (api: Api, id: string) =>
  api.state.store.get(id)?.type === 'blogpost' ? { blogPostId: id } : { pageId: id };

const attachmentJson = (api: Api, attachment: Attachment) => ({
  ...common(attachment),
  createdAt: time(attachment.createdAt),
  ...containerJson(api, attachment.containerId),
  mediaType: attachment.mediaType,
  mediaTypeDescription: 'File',
  comment: attachment.comment,
  fileId: fileIdOf(attachment),
  fileSize: attachment.fileSize,
  webuiLink: webUiOf(api.state.store, attachment),
  downloadLink: downloadPath(attachment),
  version: versionJson(attachment),
  _links: { webui: webUiOf(api.state.store, attachment), download: downloadPath(attachment) },
});

const inlineJson = (comment: Comment) => ({
  resolutionStatus: comment.resolution,
  ...(comment.markerRef === null
    ? { properties: {} }
    : { properties: { inlineMarkerRef: comment.markerRef, inlineOriginalSelection: comment.selection } }),
});

const commentJson = (api: Api, comment: Comment, format?: string) => ({
  ...common(comment),
  ...containerJson(api, comment.containerId),
  ...(comment.parentCommentId === null ? {} : { parentCommentId: comment.parentCommentId }),
  version: versionJson(comment),
  body: bodyJson(api, comment, format),
  ...(comment.location === 'inline' ? inlineJson(comment) : {}),
  _links: { webui: webUiOf(api.state.store, comment) },
});

export const spaceJson = (space: Space) => ({
  id: space.id,
  key: space.key,
  name: space.name,
  type: space.type,
  status: space.status,
  authorId: space.authorId,
  homepageId: space.homepageId,
  createdAt: time(space.createdAt),
  _links: { webui: `/spaces/${space.key}` },
});

export const userJson = (user: WikiUser) => ({
  accountId: user.accountId,
  displayName: user.displayName,
  publicName: user.displayName,
  accountType: user.accountType,
  accountStatus: user.accountStatus,
  email: user.email,
  timeZone: '',
  isExternalCollaborator: false,
  profilePicture: { path: '/wiki/aa-avatar/default', isDefault: true },
});

/** Any content in the shape of its own v2 endpoints; `format` is the representation of its body. */
export const contentJson = (api: Api, content: Content, format?: string) => {
  switch (content.type) {
    case 'page':
      return pageJson(api, content, format);
    case 'blogpost':
      return blogPostJson(api, content, format);
    case 'attachment':
      return attachmentJson(api, content);
    case 'comment':
      return commentJson(api, content, format);
    default:
      return nodeJson(api, content);
  }
};
