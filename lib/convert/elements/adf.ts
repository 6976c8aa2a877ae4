import { paragraph, text } from '../document/nodes.js';
import type { AlertKind, Comment } from '../document/nodes.js';
import { childrenNamed, isElement, textOf } from '../parse/storage-node.js';
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
  const alert = PANELS.get(attribute(element, 'panel-type') ?? '');
  const icon = alert === undefined ? attribute(element, 'panel-icon-text') : undefined;
  const heading = icon === undefined || icon === '' ? [] : [paragraph(text(icon))];
  const children = [...heading, ...scope.blocks(contentOf(element))];
  if (children.length > 0) scope.push({ type: 'blockquote', children, alert });
};

const decisions: ElementHandler = (element, scope) => {
  const items = contentOf(element)
    .map((item) => ({ children: scope.blocks(isElement(item) ? contentOf(item) : [item]) }))
    .filter(({ children }) => children.length > 0);
  if (items.length > 0) scope.push({ type: 'list', ordered: false, items });
};

const NODES: ReadonlyMap<string | undefined, ElementHandler> = new Map([
  ['panel', panel],
  ['decision-list', decisions],
]);

/** Names a node and its attributes for who reads the source. */
function nodeComment(element: StorageElement): Comment {
  const words = childrenNamed(element, 'ac:adf-attribute').map(
    (each) => `${each.attributes.key ?? ''}=${textOf(each).trim()}`,
  );
  return { type: 'comment', value: ['adf:', element.attributes.type ?? '', ...words].join(' ') };
}

/** A node without content shows its text attribute, as a lozenge or a mention does; else it leaves a comment. */
const node: ElementHandler = (element, scope) => {
  const handler = NODES.get(element.attributes.type);
  const label = attribute(element, 'text');
  if (handler !== undefined) handler(element, scope);
  else if (contentOf(element).some(shows)) scope.walk(contentOf(element));
  else if (label === undefined || label === '') scope.push(nodeComment(element));
  else scope.text(label);
};

/** Elements that show something without any text below them. */
const VISIBLE = /^(?:ac:(?:image|emoticon|link|structured-macro|macro)|ri:.*|img|time|hr)$/;

const shows = (child: StorageNode): boolean =>
  isElement(child) ? VISIBLE.test(child.name) || contentOf(child).some(shows) : child.text.trim() !== '';

const isFallback = (child: StorageNode): boolean => isElement(child) && child.name === 'ac:adf-fallback';

const extension: ElementHandler = ({ children }, scope) => {
  const content = children.filter((child) => !isFallback(child));
  const fallback = children.filter(isFallback);
  scope.walk(content.some(shows) || !fallback.some(shows) ? content : fallback);
};

/** Parts that only the new editor knows: its node when it has text, else the fallback written for other readers. */
export const adfElements: readonly (readonly [string, ElementHandler])[] = [
  ['ac:adf-extension', extension],
  ['ac:adf-node', node],
  ['ac:adf-attribute', () => undefined],
  ['ac:adf-mark', () => undefined],
];
