import type { ListedAttachment, ListedComment, ListedFolder, ListedPage, PageKind } from './content.js';

/** A folder (whiteboard, database, embed) with the type of its parent; its place is not known when the answer lacks title or ancestors. */
export interface SearchedFolder extends ListedFolder {
  readonly parentType: string | undefined;
  readonly isPlaced: boolean;
}

/** A page or blog post with all that it stands below, from the top. */
export interface SearchedPage {
  readonly page: ListedPage;
  readonly ancestors: readonly { readonly id: string; readonly type: string; readonly title: string }[];
}

/** The labels of a page as the search tells them. */
export interface SearchedLabels {
  readonly kind: PageKind;
  readonly id: string;
  readonly labels: readonly string[];
  /** True when the answer holds only the first of them. */
  readonly hasMore: boolean;
}

/** Something that changed, by its type. */
export type SearchedChange =
  | { readonly id: string; readonly type: 'blogpost'; readonly page: ListedPage }
  | { readonly id: string; readonly type: 'folder'; readonly folder: SearchedFolder }
  | { readonly id: string; readonly type: 'attachment'; readonly attachment: ListedAttachment }
  | { readonly id: string; readonly type: 'comment'; readonly comment: ListedComment };
