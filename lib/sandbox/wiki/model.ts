/** Kinds of content that stand in a space's tree. */
export const TREE_TYPES = ['page', 'folder', 'whiteboard', 'database', 'embed'] as const;
export type TreeType = (typeof TREE_TYPES)[number];
export type ContentType = TreeType | 'blogpost' | 'attachment' | 'comment';
export type Status = 'current' | 'archived' | 'trashed' | 'draft';

interface Common {
  readonly id: string;
  readonly spaceId: string;
  readonly title: string;
  readonly status: Status;
  readonly authorId: string;
  /** Who made the current version. */
  readonly editorId: string;
  /** Milliseconds since the epoch, of the first and of the current version. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly version: number;
  readonly message: string;
  /** Restricted: the caller is not to see it. */
  readonly hidden: boolean;
  readonly labels: readonly string[];
}

/** A page, folder, whiteboard, database or embed. */
export interface TreeNode extends Common {
  readonly type: TreeType;
  readonly parentId: string | null;
  readonly position: number;
}

export interface BlogPost extends Common {
  readonly type: 'blogpost';
}

/** The current version of a file on a page or blog post; `fileSize` in bytes. */
export interface Attachment extends Common {
  readonly type: 'attachment';
  readonly containerId: string;
  readonly mediaType: string;
  readonly fileSize: number;
  readonly comment: string;
}

/** A footer or inline comment, or a reply to one. */
export interface Comment extends Common {
  readonly type: 'comment';
  readonly containerId: string;
  readonly parentCommentId: string | null;
  readonly location: 'footer' | 'inline';
  readonly resolution: 'open' | 'reopened' | 'resolved' | 'dangling';
  readonly markerRef: string | null;
  readonly selection: string | null;
}

/** Any content, told apart by `type`. */
export type Content = TreeNode | BlogPost | Attachment | Comment;

/** A space; its `id` is no content id. */
export interface Space {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly type: 'global' | 'personal';
  readonly status: 'current' | 'archived';
  readonly homepageId: string;
  readonly authorId: string;
  readonly createdAt: number;
}

export const isTreeNode = (content: Content | undefined): content is TreeNode =>
  content !== undefined && 'position' in content;

/** Pages and blog posts: what has a body, labels, attachments and comments. */
export const isDocument = (content: Content | undefined): content is TreeNode | BlogPost =>
  content?.type === 'page' || content?.type === 'blogpost';

/** A guard for one type of content, of one space when its id is given. */
export const isOfType =
  (type: ContentType, spaceId?: string) =>
  (content: Content | undefined): content is Content =>
    content?.type === type && (spaceId === undefined || content.spaceId === spaceId);

/** The number in an id, for ordering: `att12` is 12. */
export const idNumber = (id: string): number => Number(id.startsWith('att') ? id.slice(3) : id);
