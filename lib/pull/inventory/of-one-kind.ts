import type { ListedPage, PageKind } from '../../core/content.js';
import { recordKey } from '../../core/records.js';
import type { Prior } from '../run/prior.js';

const OTHER: Readonly<Record<PageKind, PageKind>> = { page: 'blogpost', blogpost: 'page' };

/**
 * The rows of two listings, without those that the wrong one tells: an id is of a page or of a blog post, for ever. It is what the
 * mirror has it as, else what the listing of pages tells.
 */
export const ofOneKind = (
  pages: readonly ListedPage[],
  posts: readonly ListedPage[],
  records: Pick<Prior['records'], 'has'>,
): readonly ListedPage[] => {
  const isRecorded = (kind: PageKind, id: string): boolean => records.has(recordKey(kind, id));
  const isOther = ({ kind, id }: ListedPage): boolean => !isRecorded(kind, id) && isRecorded(OTHER[kind], id);
  const ours = pages.filter((page) => !isOther(page));
  const ids = new Set(ours.map(({ id }) => id));
  return [...ours, ...posts.filter((post) => !isOther(post) && !ids.has(post.id))];
};
