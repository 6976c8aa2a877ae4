import type { ListedAttachment } from './content.js';

/** The attachments of a space, a page at a time: all of them at once may be too many for the memory. */
export interface Attachments {
  /** Those of one page, in ascending order of ids. */
  readonly of: (pageId: string) => readonly ListedAttachment[];
  /** Those of one page that a filter leaves out of the mirror, in ascending order of ids. */
  readonly leftOutOf: (pageId: string) => readonly ListedAttachment[];
  /** The one with a media id, left out or not. */
  readonly byFileId: (fileId: string) => ListedAttachment | undefined;
  /** Takes attachments in; of one id the highest version stays, of equal ones the last. Resolves with those whose id is new. */
  readonly add: (items: readonly ListedAttachment[]) => Promise<readonly ListedAttachment[]>;
}
