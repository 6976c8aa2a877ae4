import type { ListItem } from '../document/nodes.js';
import { childNamed, isElement, textOf } from '../parse/storage-node.js';
import type { StorageElement, StorageNode } from '../parse/storage-node.js';
import type { ElementHandler, Scope } from '../scope.js';

const META = new Set(['ac:task-id', 'ac:task-uuid', 'ac:task-status']);

const isMeta = (node: StorageNode): boolean => isElement(node) && META.has(node.name);

function task(element: StorageElement, scope: Scope): ListItem {
  const status = childNamed(element, 'ac:task-status');
  const children = scope.blocks(element.children.filter((child) => !isMeta(child)));
  return { children, checked: status !== undefined && textOf(status).trim() === 'complete' };
}

/** Tasks; a list beside them belongs to the one before it. */
const taskList: ElementHandler = (element, scope) => {
  const items: ListItem[] = [];
  for (const child of element.children) {
    const isTask = isElement(child) && child.name === 'ac:task';
    const item: ListItem = isTask ? task(child, scope) : { children: scope.blocks([child]) };
    const last = items.at(-1);
    if (last !== undefined && isElement(child) && child.name === 'ac:task-list')
      items[items.length - 1] = { ...last, children: [...last.children, ...item.children] };
    else items.push(item);
  }
  const shown = items.filter(({ children }) => children.length > 0);
  if (shown.length > 0) scope.push({ type: 'list', ordered: false, items: shown });
};

/** Task lists. */
export const taskElements: readonly (readonly [string, ElementHandler])[] = [
  ['ac:task-list', taskList],
  ['ac:task', (element, scope) => taskList({ ...element, name: 'ac:task-list', children: [element] }, scope)],
];
