import type { ContentStore } from '../wiki/content-store.js';
import type { Attachment, Content } from '../wiki/model.js';

const slug = (title: string): string => encodeURIComponent(title).replaceAll('%20', '+');

/** Where people see the content: a path below `/wiki`. */
export const webUiOf = (store: ContentStore, content: Content): string => {
  const space = `/spaces/${store.spaces.get(content.spaceId)?.key ?? ''}`;
  switch (content.type) {
    case 'page':
      return `${space}/pages/${content.id}/${slug(content.title)}`;
    case 'blogpost':
      return `${space}/blog/${new Date(content.createdAt).toISOString().slice(0, 10).replaceAll('-', '/')}/${content.id}/${slug(content.title)}`;
    case 'attachment':
      return `/pages/viewpageattachments.action?pageId=${content.containerId}&preview=${content.id}`;
    case 'comment':
      return `${space}/pages/${content.containerId}?focusedCommentId=${content.id}`;
    default:
      return `${space}/${content.type}/${content.id}`;
  }
};

/** The download path of old, which API clients may no longer use. */
export const downloadPath = (attachment: Attachment): string =>
  `/download/attachments/${attachment.containerId}/${slug(attachment.title)}?version=${attachment.version}`;
