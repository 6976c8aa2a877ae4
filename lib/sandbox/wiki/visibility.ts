import type { ContentStore } from './content-store.js';
import { type Content, type Space, isTreeNode } from './model.js';

/**
 * Whether the caller may see the content: neither it, nor what it stands under or belongs to, is restricted, and the view of
 * the request has it.
 */
export const isVisible = (store: ContentStore, content: Content): boolean => {
  if (store.view.getStore()?.shows(content) === false) return false;
  if (store.hiddenCount === 0) return true;
  let node: Content | undefined = content;
  while (node !== undefined && !node.hidden) {
    const above: string | null = aboveOf(node);
    if (above === null) return true;
    node = store.get(above);
  }
  return node === undefined;
};

const aboveOf = (content: Content): string | null => {
  if (isTreeNode(content)) return content.parentId;
  return content.type === 'blogpost' ? null : content.containerId;
};

/** Whether the content stands where readers find it: it is current, and so is the page it belongs to. */
export const isLive = (store: ContentStore, content: Content): boolean => {
  if (content.status !== 'current') return false;
  if (content.type !== 'attachment' && content.type !== 'comment') return true;
  return store.get(content.containerId)?.status === 'current';
};

/** The nodes above a node in the tree, the root first. */
export const ancestorsOf = (store: ContentStore, content: Content): readonly Content[] => {
  const found: Content[] = [];
  let node: Content | undefined = content;
  while (isTreeNode(node) && node.parentId !== null) {
    node = store.get(node.parentId);
    if (node !== undefined) found.unshift(node);
  }
  return found;
};

/** All spaces as the caller is told of them. */
export const spacesSeen = (store: ContentStore): readonly Space[] => {
  const view = store.view.getStore();
  const spaces = [...store.spaces.values()];
  return view === undefined ? spaces : spaces.map((space) => view.space(space));
};
