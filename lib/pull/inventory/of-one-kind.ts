import type { ListedPage } from '../../core/content.js';
import { recordKey } from '../../core/records.js';
import type { Prior } from '../run/prior.js';

/** The rows of two listings; an id that both tell is of what the mirror has it as, else of a page. */
export const ofOneKind = (
  pages: readonly ListedPage[],
  posts: readonly ListedPage[],
  records: Pick<Prior['records'], 'has'>,
): readonly ListedPage[] => {
  const posted = new Set(posts.map(({ id }) => id));
  const twice = new Set(pages.filter(({ id }) => posted.has(id)).map(({ id }) => id));
  if (twice.size === 0) return [...pages, ...posts];
  const isPost = (id: string): boolean =>
    records.has(recordKey('blogpost', id)) && !records.has(recordKey('page', id));
  return [
    ...pages.filter(({ id }) => !twice.has(id) || !isPost(id)),
    ...posts.filter(({ id }) => !twice.has(id) || isPost(id)),
  ];
};
