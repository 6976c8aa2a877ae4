import type { AlertKind } from '../document/nodes.js';
import { childNamed, childrenNamed, isElement, textOf } from '../parse/storage-node.js';
import type { StorageElement, StorageNode } from '../parse/storage-node.js';
import type { ElementHandler } from '../scope.js';

const PANELS: ReadonlyMap<string, AlertKind> = new Map([
  ['info', 'NOTE'],
  ['note', 'IMPORTANT'],
  ['success', 'TIP'],
  ['tip', 'TIP'],
  ['warning', 'WARNING'],
  ['error', 'CAUTION'],
]);

const attribute = (node: StorageElement, key: string): string | undefined => {
  const found = childrenNamed(node, 'ac:adf-attribute').find((each) => each.attributes.key === key);
  return found === undefined ? undefined : textOf(found).trim();
};

const contentOf = ({ children }: StorageElement): readonly StorageNode[] =>
  children.filter((child) => !isElement(child) || child.name !== 'ac:adf-attribute');

const panel: ElementHandler = (element, scope) => {
  const children = scope.blocks(contentOf(element));
  const alert = PANELS.get(attribute(element, 'panel-type') ?? '');
  if (children.length > 0) scope.push({ type: 'blockquote', children, alert });
};

const decisions: ElementHandler = (element, scope) => {
  const items = childrenNamed(element, 'ac:adf-node')
    .map((item) => ({ children: scope.blocks(contentOf(item)) }))
    .filter(({ children }) => children.length > 0);
  if (items.length > 0) scope.push({ type: 'list', ordered: false, items });
};

const NODES: ReadonlyMap<string | undefined, ElementHandler> = new Map([
  ['panel', panel],
  ['decision-list', decisions],
]);

const node: ElementHandler = (element, scope) => {
  const handler = NODES.get(element.attributes.type);
  if (handler === undefined) scope.walk(contentOf(element));
  else handler(element, scope);
};

const showsText = (child: StorageNode): boolean =>
  isElement(child) ? contentOf(child).some(showsText) : child.text.trim() !== '';

const extension: ElementHandler = (element, scope) => {
  const content = childNamed(element, 'ac:adf-node');
  const fallback = childNamed(element, 'ac:adf-fallback');
  if (content !== undefined && showsText(content)) scope.element(content);
  else scope.walk(fallback?.children ?? element.children);
};

/** Parts that only the new editor knows: its node when it has text, else the fallback written for other readers. */
export const adfElements: readonly (readonly [string, ElementHandler])[] = [
  ['ac:adf-extension', extension],
  ['ac:adf-node', node],
  ['ac:adf-attribute', () => undefined],
  ['ac:adf-mark', () => undefined],
];
