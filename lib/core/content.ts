import type { Attachments } from './attachments.js';
import type { ListingOf } from './kinds.js';

/**
 * What the listings say of a space: small records without bodies. Names are Confluence's own. Ids are decimal strings
 * (attachments: `att` and digits).
 */
export interface Space {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly homepageId: string | undefined;
  /** `_links.base` of the answer: the site's own address, for links that people follow. Ends in `/wiki`. */
  readonly baseUrl: string;
  /** The wiki's clock at the time of the answer, ISO 8601. */
  readonly serverTime: string | undefined;
  /** Search does not find what is in an archived space. */
  readonly isArchived: boolean;
}

/** Whether it is in the tree of pages or in the blog. */
export type PageKind = 'page' | 'blogpost';

/** A page or blog post as it is listed, without its body. */
export interface ListedPage {
  readonly kind: PageKind;
  readonly id: string;
  readonly title: string;
  readonly parentId: string | undefined;
  /** `page`, `folder`, `whiteboard`, `database` or `embed`. */
  readonly parentType: string | undefined;
  /** 0 where the wiki does not tell it. */
  readonly version: number;
  /** ISO 8601. */
  readonly createdAt: string | undefined;
  /** Time of the latest version, ISO 8601. */
  readonly updatedAt: string | undefined;
  readonly authorId: string | undefined;
  /** Path of the page below the site's base; absent where the wiki tells none. */
  readonly webui?: string | undefined;
  readonly labels?: readonly string[];
}

/** A page by its id, whatever its status and space. */
export interface FoundPage {
  readonly page: ListedPage;
  /** `current`, `archived`, `trashed` or `deleted`. */
  readonly status: string;
  readonly spaceId: string | undefined;
}

/** Content that has a place in the tree but no body here: a directory. */
export type ContainerType = 'folder' | 'whiteboard' | 'database' | 'embed' | 'page' | 'unknown';

/** A folder as it is listed. */
export interface ListedFolder {
  readonly id: string;
  readonly type: ContainerType;
  readonly title: string;
  readonly parentId: string | undefined;
  /** Why it could not be read; title and parent are then those that the mirror knows. */
  readonly failure?: unknown;
}

/** An attachment as it is listed. */
export interface ListedAttachment {
  readonly id: string;
  readonly pageId: string;
  readonly title: string;
  readonly version: number;
  readonly sizeBytes: number | undefined;
  readonly mediaType: string | undefined;
  /** The id that ADF bodies refer to. */
  readonly fileId: string | undefined;
  /** Time of this version, ISO 8601. */
  readonly updatedAt?: string | undefined;
}

/** A comment without its body. */
export interface ListedComment {
  readonly id: string;
  readonly pageId: string;
  readonly version: number;
  readonly resolution: string | undefined;
  /** Time of this version, ISO 8601. */
  readonly updatedAt?: string | undefined;
}

/** A page's or blog post's full record with the body in the asked format. */
export interface PageWithBody {
  readonly kind: PageKind;
  readonly id: string;
  readonly title: string;
  readonly status: string;
  /** Where the answer says that it is. */
  readonly spaceId?: string | undefined;
  readonly parentId: string | undefined;
  readonly authorId: string | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
  /** Path of the page below the site's base; empty where the wiki tells none. */
  readonly webui: string;
  /** Undefined when the answer held none. */
  readonly body: string | undefined;
  /** The body could only be had in another format than the one asked for. @default false */
  readonly isSubstitute?: boolean;
}

/** A comment with what it says. */
export interface CommentWithBody {
  readonly id: string;
  /** 0 where the wiki does not tell it. */
  readonly version: number;
  readonly pageId: string;
  /** Id of the comment that this one answers; absent for a thread's first. */
  readonly parentId: string | undefined;
  readonly location: 'footer' | 'inline';
  readonly resolution: 'open' | 'reopened' | 'resolved' | 'dangling' | undefined;
  /** The text that an inline comment is about. */
  readonly selection: string | undefined;
  readonly authorId: string | undefined;
  readonly createdAt: string;
  readonly body: string;
}

/** A listing that is not whole, and why: what it may lack is not known, so what the mirror holds of it stays. */
export interface Gap {
  readonly of: ListingOf;
  readonly error: unknown;
}

export interface Inventory {
  readonly space: Space;
  readonly pages: readonly ListedPage[];
  readonly folders: readonly ListedFolder[];
  readonly attachments: Attachments;
  readonly comments: readonly ListedComment[];
  /** What could not be listed. */
  readonly gaps: readonly Gap[];
  /**
   * The wiki told of no change since the last pull, and the mirror is whole: nothing else is told then. Only a quick listing
   * can say so.
   */
  readonly isUnchanged?: boolean;
}

/** Body formats, by the name of the `--format` flag. */
export type Format = 'markdown' | 'storage' | 'adf';

/** What a body can be asked for in; `view` is the HTML that people see. */
export type BodyFormat = Format | 'view';
