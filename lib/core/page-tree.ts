import { compareIds } from './compare-ids.js';
import type { ContainerType, ListedFolder, ListedPage } from './content.js';

export interface TreeNode {
  readonly id: string;
  readonly title: string;
  readonly type: ContainerType;
  readonly children: readonly TreeNode[];
}

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly type: ContainerType;
  parentId: string | undefined;
  readonly children: Entry[];
}

const entry = (id: string, title: string, type: ContainerType, parentId: string | undefined): Entry => ({
  id,
  title,
  type,
  parentId,
  children: [],
});

/** Cuts every cycle of parents at one entry, the same in each run, so that all entries hang below a root. */
const cutCycles = (entries: ReadonlyMap<string, Entry>, sorted: readonly Entry[]): void => {
  const rooted = new Set<string>();
  for (const start of sorted) {
    if (start.parentId === undefined || rooted.has(start.parentId)) {
      rooted.add(start.id);
      continue;
    }
    const way = new Map<string, Entry>();
    for (
      let at: Entry | undefined = start;
      at && !rooted.has(at.id);
      at = at.parentId === undefined ? undefined : entries.get(at.parentId)
    ) {
      if (way.has(at.id)) {
        at.parentId = undefined;
        break;
      }
      way.set(at.id, at);
    }
    for (const id of way.keys()) rooted.add(id);
  }
};

/**
 * The forest of a space's pages and folders, siblings by ascending id. A parent that no listing knows stands in it as
 * a node of type `unknown` without a title; blog posts are not part of the tree.
 */
export const pageTree = (
  pages: Iterable<ListedPage>,
  folders: Iterable<ListedFolder>,
): readonly TreeNode[] => {
  const entries = new Map<string, Entry>();
  for (const f of folders) entries.set(f.id, entry(f.id, f.title, f.type, f.parentId));
  for (const p of pages) if (p.kind === 'page') entries.set(p.id, entry(p.id, p.title, 'page', p.parentId));
  for (const { parentId } of [...entries.values()])
    if (parentId !== undefined && !entries.has(parentId))
      entries.set(parentId, entry(parentId, '', 'unknown', undefined));
  const sorted = [...entries.values()].sort((a, b) => compareIds(a.id, b.id));
  cutCycles(entries, sorted);
  const roots: Entry[] = [];
  for (const node of sorted)
    (node.parentId === undefined ? roots : (entries.get(node.parentId)?.children ?? roots)).push(node);
  return roots;
};
