import { hash32 } from '../data/prng.js';
import { fileIdOf } from '../wiki/file-store.js';
import {
  type Attachment,
  type Comment,
  type Content,
  type Space,
  isDocument,
  isTreeNode,
} from '../wiki/model.js';
import { ancestorsOf } from '../wiki/visibility.js';
import type { Api } from './api.js';
import { downloadPath, webUiOf } from './links.js';
import { v1User } from './v1-user.js';
import { bodyJson } from './v2-json.js';

const BODIES = [
  'storage',
  'atlas_doc_format',
  'view',
  'export_view',
  'styled_view',
  'editor',
  'anonymous_export_view',
];
const EXPANDABLE = [
  'container',
  'metadata',
  'extensions',
  'version',
  'history',
  'ancestors',
  'body',
  'space',
  'children',
] as const;

/** What an `expand` parameter asks for: `has('version')` also when only `version.by` is named. */
export interface Expand {
  has(path: string): boolean;
  /** Without a part: `content.version` is `version` for `/search`. */
  below(prefix: string): Expand;
  readonly paths: readonly string[];
}

export const parseExpand = (values: readonly string[]): Expand => {
  const paths = values
    .flatMap((value) => value.split(','))
    .map((path) => path.trim())
    .filter((path) => path !== '');
  return {
    paths,
    has: (wanted) => paths.some((path) => path === wanted || path.startsWith(`${wanted}.`)),
    below: (prefix) =>
      parseExpand(
        paths.filter((path) => path.startsWith(`${prefix}.`)).map((path) => path.slice(prefix.length + 1)),
      ),
  };
};

const time = (ms: number): string => new Date(ms).toISOString();
const self = (api: Api, path: string): string => `${api.siteUrl()}/wiki/rest/api${path}`;

const stub = (api: Api, content: Content) => ({
  id: content.id,
  type: content.type,
  status: content.status,
  title: content.title,
  _expandable: {},
  _links: { self: self(api, `/content/${content.id}`), webui: webUiOf(api.state.store, content) },
});

/** A space in the shape of v1. */
export const v1Space = (api: Api, space: Space) => ({
  id: Number(space.id),
  key: space.key,
  name: space.name,
  type: space.type,
  status: space.status,
  _expandable: { homepage: `/rest/api/content/${space.homepageId}` },
  _links: { webui: `/spaces/${space.key}`, self: self(api, `/space/${space.key}`) },
});

const versionJson = (api: Api, content: Content) => ({
  by: v1User(api.state, content.editorId),
  when: time(content.modifiedAt),
  friendlyWhen: time(content.modifiedAt).slice(0, 10),
  message: content.message,
  number: content.version,
  minorEdit: false,
  _expandable: {},
  _links: { self: self(api, `/content/${content.id}/version/${content.version}`) },
});

const historyJson = (api: Api, content: Content) => ({
  latest: true,
  createdBy: v1User(api.state, content.authorId),
  createdDate: time(content.createdAt),
  _expandable: {},
  _links: { self: self(api, `/content/${content.id}/history`) },
});

/** A list of labels in the shape of v1. */
export const v1Labels = (content: Content) => ({
  results: content.labels.map((name) => ({ prefix: 'global', name, id: String(hash32(name)), label: name })),
  start: 0,
  limit: 200,
  size: content.labels.length,
  _links: {},
});

const metadataJson = (content: Content, expand: Expand) => ({
  ...(content.type === 'attachment' ? { mediaType: content.mediaType } : {}),
  ...(expand.has('metadata.labels') ? { labels: v1Labels(content) } : {}),
  _expandable: { labels: '', currentuser: '', properties: '' },
});

const attachmentExtensions = (attachment: Attachment) => ({
  mediaType: attachment.mediaType,
  fileSize: attachment.fileSize,
  comment: attachment.comment,
  fileId: fileIdOf(attachment),
  collectionName: `contentId-${attachment.containerId}`,
});

const commentExtensions = (comment: Comment, expand: Expand) => ({
  location:
    comment.location === 'inline' && comment.resolution === 'resolved' ? 'resolved' : comment.location,
  ...(comment.markerRef !== null && expand.has('extensions.inlineProperties')
    ? { inlineProperties: { markerRef: comment.markerRef, originalSelection: comment.selection ?? '' } }
    : {}),
  ...(expand.has('extensions.resolution') ? { resolution: { status: comment.resolution } } : {}),
});

const extensionsJson = (content: Content, expand: Expand) => {
  if (content.type === 'attachment') return attachmentExtensions(content);
  if (content.type === 'comment') return commentExtensions(content, expand);
  return isTreeNode(content) ? { position: content.position } : { position: 'none' };
};

const commentAncestors = (api: Api, comment: Comment): readonly Content[] => {
  const parent = comment.parentCommentId === null ? undefined : api.state.store.get(comment.parentCommentId);
  return parent?.type === 'comment' ? [...commentAncestors(api, parent), parent] : [];
};

const ancestorsJson = (api: Api, content: Content): object => {
  if (content.type === 'folder' && !api.options.folderAncestors) return {};
  const above =
    content.type === 'comment' ? commentAncestors(api, content) : ancestorsOf(api.state.store, content);
  return { ancestors: above.map((node) => stub(api, node)) };
};

const containerJson = (api: Api, content: Content): object => {
  const { store } = api.state;
  const owner = 'containerId' in content ? store.get(content.containerId) : undefined;
  if (owner !== undefined) return { container: stub(api, owner) };
  const space = store.spaces.get(content.spaceId);
  return space === undefined ? {} : { container: v1Space(api, space) };
};

/** One `body.*` entry. Folders, attachments and the like have an empty one. */
const bodyEntry = (api: Api, content: Content, format: string) => {
  const hasBody = isDocument(content) || content.type === 'comment';
  const body = hasBody ? bodyJson(api, content, format)[format] : undefined;
  return { value: body?.value ?? '', representation: format, embeddedContent: [], _expandable: {} };
};

const bodiesJson = (api: Api, content: Content, expand: Expand): object => {
  const asked = BODIES.filter((format) => expand.has(`body.${format}`));
  const missing = BODIES.filter((format) => !asked.includes(format));
  return {
    ...Object.fromEntries(asked.map((format) => [format, bodyEntry(api, content, format)])),
    _expandable: Object.fromEntries(missing.map((format) => [format, ''])),
  };
};

const linksJson = (api: Api, content: Content) => ({
  self: self(api, `/content/${content.id}`),
  webui: webUiOf(api.state.store, content),
  ...(content.type === 'attachment' ? { download: downloadPath(content) } : {}),
});

/** Content in the shape of v1: what `expand` does not name is absent and listed under `_expandable`. */
export const v1Content = (api: Api, content: Content, expand: Expand): object => {
  const space = api.state.store.spaces.get(content.spaceId);
  const missing = EXPANDABLE.filter((name) => !expand.has(name));
  return {
    id: content.id,
    type: content.type,
    status: content.status,
    title: content.title,
    ...(expand.has('space') && space !== undefined ? { space: v1Space(api, space) } : {}),
    ...(expand.has('history') ? { history: historyJson(api, content) } : {}),
    ...(expand.has('version') ? { version: versionJson(api, content) } : {}),
    ...(expand.has('ancestors') ? ancestorsJson(api, content) : {}),
    ...(expand.has('container') ? containerJson(api, content) : {}),
    ...(expand.has('body') ? { body: bodiesJson(api, content, expand) } : {}),
    ...(expand.has('metadata') ? { metadata: metadataJson(content, expand) } : {}),
    ...(expand.has('extensions') ? { extensions: extensionsJson(content, expand) } : {}),
    _expandable: Object.fromEntries(missing.map((name) => [name, ''])),
    _links: linksJson(api, content),
  };
};
