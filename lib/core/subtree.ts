import type { ContainerType, ListedFolder, ListedPage } from './content.js';

/** Something above a page in the tree. */
export interface Ancestor {
  readonly id: string;
  readonly type: string;
  readonly title: string;
}

/** A page with what is above it, the topmost first. */
export interface PlacedPage {
  readonly page: ListedPage;
  readonly ancestors: readonly Ancestor[];
}

interface Node {
  readonly id: string;
  readonly type: ContainerType;
  readonly title: string;
  readonly parentId: string | undefined;
}

/** The pages below some pages and folders, and those pages themselves, by the tree of the space. */
export const subtreeOf = (
  rootIds: readonly string[],
  pages: readonly ListedPage[],
  folders: readonly ListedFolder[],
): readonly PlacedPage[] => {
  const nodes = new Map<string, Node>([
    ...folders.map((folder) => [folder.id, folder] as const),
    ...pages.map(({ id, title, parentId }) => [id, { id, type: 'page' as const, title, parentId }] as const),
  ]);
  const above = (id: string | undefined): readonly Node[] => {
    const found: Node[] = [];
    const seen = new Set<string>();
    for (let at = id; at !== undefined && !seen.has(at); at = nodes.get(at)?.parentId) {
      seen.add(at);
      const node = nodes.get(at);
      if (node) found.unshift(node);
    }
    return found;
  };
  const roots = new Set(rootIds);
  return pages.flatMap((page) => {
    const ancestors = above(page.parentId);
    return roots.has(page.id) || ancestors.some(({ id }) => roots.has(id)) ? [{ page, ancestors }] : [];
  });
};
