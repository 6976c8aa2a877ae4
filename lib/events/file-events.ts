/** What happens to the files of a mirror: a reader can follow it file by file. */
export type FileEvent =
  | PageWritten
  | PageMoved
  | PageDeleted
  | PageSkipped
  | MetaWritten
  | MetaMoved
  | MetaDeleted
  | AttachmentWritten
  | AttachmentMoved
  | AttachmentDeleted
  | CommentsWritten
  | CommentsMoved
  | CommentsDeleted
  | FolderWritten
  | FolderMoved
  | FolderDeleted;

/** The file of a page is there, new or replaced. */
export interface PageWritten {
  readonly type: 'page.written';
  readonly id: string;
  readonly version: number;
  readonly path: string;
  readonly bytes: number;
  /** `relinked`: the body is as it was, but a link target, what it includes, or the place of the page changed. */
  readonly change: 'new' | 'edited' | 'relinked';
}

/** The file of a page has come to another place. */
export interface PageMoved {
  readonly type: 'page.moved';
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Of the file where it is now; earlier releases do not tell it. */
  readonly bytes?: number;
}

/** The file of a page has left the mirror. */
export interface PageDeleted {
  readonly type: 'page.deleted';
  readonly id: string;
  readonly path: string;
}

/** A page is as it was; told with `verbose` only. */
export interface PageSkipped {
  readonly type: 'page.skipped';
  readonly id: string;
  readonly path: string;
  readonly reason: 'unchanged' | 'not-visible';
}

/** The file of meta data beside a page, in formats that have no front matter (`storage`, `adf`). */
export interface MetaWritten {
  readonly type: 'meta.written';
  /** Of the page. */
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
}

/** The file of meta data beside a page has come to another place. */
export interface MetaMoved {
  readonly type: 'meta.moved';
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Of the file where it is now; earlier releases do not tell it. */
  readonly bytes?: number;
}

/** The file of meta data beside a page has left the mirror. */
export interface MetaDeleted {
  readonly type: 'meta.deleted';
  readonly id: string;
  readonly path: string;
}

/** A file of an attachment is there, new or replaced. */
export interface AttachmentWritten {
  readonly type: 'attachment.written';
  readonly pageId: string;
  readonly id: string;
  readonly path: string;
  readonly bytes: number;
  readonly change: 'new' | 'edited';
}

/** A file of an attachment has come to another place. */
export interface AttachmentMoved {
  readonly type: 'attachment.moved';
  readonly pageId: string;
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Of the file where it is now; earlier releases do not tell it. */
  readonly bytes?: number;
}

/** A file of an attachment has left the mirror. */
export interface AttachmentDeleted {
  readonly type: 'attachment.deleted';
  readonly pageId: string;
  readonly id: string;
  readonly path: string;
}

/** The comments file of a page is there, new or replaced. */
export interface CommentsWritten {
  readonly type: 'comments.written';
  readonly pageId: string;
  readonly path: string;
  readonly bytes: number;
  /** Comments in the file, replies included. */
  readonly count: number;
  /** `relinked`: the comments are as they were, but a link target changed. */
  readonly change: 'new' | 'edited' | 'relinked';
}

/** The comments file of a page has come to another place. */
export interface CommentsMoved {
  readonly type: 'comments.moved';
  readonly pageId: string;
  readonly from: string;
  readonly to: string;
  /** Of the file where it is now; earlier releases do not tell it. */
  readonly bytes?: number;
}

/** The comments file of a page has left the mirror. */
export interface CommentsDeleted {
  readonly type: 'comments.deleted';
  readonly pageId: string;
  readonly path: string;
}

/** The directory of a folder is there. */
export interface FolderWritten {
  readonly type: 'folder.written';
  readonly id: string;
  readonly path: string;
}

/** The directory of a folder has come to another place. */
export interface FolderMoved {
  readonly type: 'folder.moved';
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** The directory of a folder has left the mirror. */
export interface FolderDeleted {
  readonly type: 'folder.deleted';
  readonly id: string;
  readonly path: string;
}
