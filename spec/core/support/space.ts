import type {
  Inventory,
  ListedAttachment,
  ListedFolder,
  ListedPage,
  Space,
} from '../../../lib/core/content.js';

export const SPACE: Space = {
  id: '1',
  key: 'DOC',
  name: 'Docs',
  homepageId: undefined,
  baseUrl: 'https://example.atlassian.net/wiki',
  serverTime: undefined,
  isArchived: false,
};

export const page = (id: string, title: string, more: Partial<ListedPage> = {}): ListedPage => ({
  kind: 'page',
  id,
  title,
  parentId: undefined,
  parentType: undefined,
  version: 1,
  createdAt: '2026-02-03T10:00:00.000Z',
  updatedAt: undefined,
  authorId: undefined,
  ...more,
});

export const post = (id: string, title: string, more: Partial<ListedPage> = {}): ListedPage =>
  page(id, title, { kind: 'blogpost', ...more });

export const folder = (id: string, title: string, parentId?: string): ListedFolder => ({
  id,
  title,
  type: 'folder',
  parentId,
});

export const attachment = (
  id: string,
  pageId: string,
  title: string,
  more: Partial<ListedAttachment> = {},
): ListedAttachment => ({
  id,
  pageId,
  title,
  version: 1,
  sizeBytes: undefined,
  mediaType: undefined,
  fileId: undefined,
  ...more,
});

/** An inventory of what a test cares about. */
export const inventory = ({
  homepageId,
  ...listed
}: Partial<Omit<Inventory, 'space'>> & { readonly homepageId?: string | undefined }): Inventory => ({
  space: { ...SPACE, homepageId },
  pages: [],
  folders: [],
  attachments: [],
  comments: [],
  gaps: [],
  ...listed,
});
