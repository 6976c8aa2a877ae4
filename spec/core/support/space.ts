import type { Attachments } from '../../../lib/core/attachments.js';
import { compareIds } from '../../../lib/core/compare-ids.js';
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

const onPage = (all: readonly ListedAttachment[], pageId: string): readonly ListedAttachment[] =>
  all.filter((each) => each.pageId === pageId).sort((a, b) => compareIds(a.id, b.id));

/** Attachments that are in memory. */
export const attachmentsFrom = (
  all: readonly ListedAttachment[],
  isWanted: (attachment: ListedAttachment) => boolean = () => true,
): Attachments => ({
  of: (pageId) => onPage(all, pageId).filter(isWanted),
  leftOutOf: (pageId) => onPage(all, pageId).filter((each) => !isWanted(each)),
  byFileId: (fileId) => all.find((each) => each.fileId === fileId),
  add: () => Promise.reject(new Error('Nothing is added here.')),
});

interface Listed extends Partial<Omit<Inventory, 'space' | 'attachments'>> {
  readonly homepageId?: string | undefined;
  readonly attachments?: readonly ListedAttachment[];
}

/** An inventory of what a test cares about. */
export const inventory = ({ homepageId, attachments = [], ...listed }: Listed): Inventory => ({
  space: { ...SPACE, homepageId },
  pages: [],
  folders: [],
  attachments: attachmentsFrom(attachments),
  comments: [],
  gaps: [],
  ...listed,
});

/** The attachments of the pages of an inventory. */
export const attachmentsIn = ({ pages, attachments }: Inventory): ListedAttachment[] =>
  pages.flatMap(({ id }) => attachments.of(id));
