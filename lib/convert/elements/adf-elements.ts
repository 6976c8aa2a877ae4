import { prependIcon } from '../document/prepend-icon.js';
import { paragraph, text } from '../document/nodes.js';
import type { AlertKind, Block, Comment } from '../document/nodes.js';
import { childrenNamed, isElement, textOf } from '../parse/storage-node.js';
import type { StorageElement, StorageNode } from '../parse/storage-node.js';
import type { ElementHandler, Scope } from '../scope.js';
import { appNode, isAppNode } from './adf-app.js';
import { adfAttribute, adfContent } from './adf-attributes.js';

const PANELS: ReadonlyMap<string, AlertKind> = new Map([
  ['info', 'NOTE'],
  ['note', 'IMPORTANT'],
  ['success', 'TIP'],
  ['tip', 'TIP'],
  ['warning', 'WARNING'],
  ['error', 'CAUTION'],
]);

const panel: ElementHandler = (element, scope) => {
  const alert = PANELS.get(adfAttribute(element, 'panel-type') ?? '');
  const icon = alert === undefined ? adfAttribute(element, 'panel-icon-text') : undefined;
  const children = prependIcon(icon, scope.blocks(adfContent(element)));
  if (children.length > 0) scope.push({ type: 'blockquote', children, alert });
};

/** A decision behind its state. */
function decision(item: StorageElement, scope: Scope): readonly Block[] {
  const [first, ...rest] = scope.blocks(adfContent(item));
  const value = adfAttribute(item, 'state') ?? '';
  if (first?.type !== 'paragraph' || value === '') return first === undefined ? [] : [first, ...rest];
  const state = [{ type: 'inlineCode', value, isLabel: true }, text(' ')] as const;
  return [paragraph(...state, ...first.children), ...rest];
}

const decisions: ElementHandler = (element, scope) => {
  const items = adfContent(element)
    .map((item) => ({ children: isElement(item) ? decision(item, scope) : scope.blocks([item]) }))
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
  const label = adfAttribute(element, 'text');
  if (handler !== undefined) handler(element, scope);
  else if (isAppNode(element)) appNode(element, scope);
  else if (adfContent(element).some(shows)) scope.walk(adfContent(element));
  else if (label === undefined || label === '') scope.push(nodeComment(element));
  else scope.text(label);
};

/** Elements that show something without any text below them. */
const VISIBLE = /^(?:ac:(?:image|emoticon|link|structured-macro|macro)|ri:.*|img|time|hr)$/;

const shows = (child: StorageNode): boolean =>
  isElement(child) ? VISIBLE.test(child.name) || adfContent(child).some(shows) : child.text.trim() !== '';

const isInstead = (child: StorageNode): boolean => isElement(child) && child.name === 'ac:adf-fallback';

const extension: ElementHandler = ({ children }, scope) => {
  const content = children.filter((child) => !isInstead(child));
  const fallback = children.filter(isInstead);
  const isApp = content.some((child) => isElement(child) && isAppNode(child));
  const isFallback = !content.some(shows) && fallback.some(shows);
  if (isApp || !isFallback) scope.walk(content);
  if (isFallback) scope.walk(fallback);
};

/** Parts that only the new editor knows: its node when it has text, else the fallback written for other readers; of an app both. */
export const adfElements: readonly (readonly [string, ElementHandler])[] = [
  ['ac:adf-extension', extension],
  ['ac:adf-node', node],
  ['ac:adf-attribute', () => undefined],
  ['ac:adf-mark', () => undefined],
];
