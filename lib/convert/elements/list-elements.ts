import type { ListItem } from '../document/nodes.js';
import { isElement } from '../parse/storage-node.js';
import type { StorageElement, StorageNode } from '../parse/storage-node.js';
import type { ElementHandler, Scope } from '../scope.js';

const LISTS = new Set(['ul', 'ol']);

const isSpace = (node: StorageNode): boolean => !isElement(node) && node.text.trim() === '';

/** Items of a list. What stands between them belongs to the one before, as browsers show it. */
function items(element: StorageElement, scope: Scope): readonly ListItem[] {
  const found: ListItem[] = [];
  for (const child of element.children) {
    if (isSpace(child)) continue;
    const isItem = isElement(child) && child.name === 'li';
    const last = found.at(-1);
    const children = scope.blocks(isItem ? child.children : [child]);
    if (isItem || last === undefined) found.push({ children });
    else found[found.length - 1] = { ...last, children: [...last.children, ...children] };
  }
  return found.filter(({ children }) => children.length > 0);
}

const list: ElementHandler = (element, scope) => {
  const found = items(element, scope);
  const start = Number.parseInt(element.attributes.start ?? '1', 10);
  if (found.length === 0) return;
  scope.push({
    type: 'list',
    ordered: element.name === 'ol',
    start: start >= 0 && start < 1e8 ? start : 1,
    items: found,
  });
};

const definitions: ElementHandler = (element, scope) => {
  const found = element.children
    .filter((child) => !isSpace(child))
    .map((child) => ({
      term: isElement(child) && child.name === 'dt',
      children: scope.blocks(isElement(child) ? child.children : [child]),
    }))
    .filter(({ children }) => children.length > 0);
  if (found.length > 0) scope.push({ type: 'definitionList', items: found });
};

/** An item outside any list still shows as one. */
const strayItem: ElementHandler = (element, scope) =>
  list({ name: 'ul', attributes: {}, children: [element] }, scope);

/** Bulleted, numbered and definition lists. */
export const listElements: readonly (readonly [string, ElementHandler])[] = [
  ...[...LISTS].map((name) => [name, list] as const),
  ['li', strayItem],
  ['dl', definitions],
];
