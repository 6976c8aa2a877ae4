import type { ListedPage, PageKind } from './content.js';

/** What of a space its ids are of. */
export const kindById = (
  pages: readonly Pick<ListedPage, 'kind' | 'id'>[],
): ReadonlyMap<string, PageKind> => {
  const kinds = new Map<string, PageKind>();
  for (const { kind, id } of pages) kinds.set(id, kind);
  return kinds;
};
