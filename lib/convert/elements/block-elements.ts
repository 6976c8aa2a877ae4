import type { Block, Inline } from '../document/nodes.js';
import { isElement, textOf } from '../parse/storage-node.js';
import type { StorageNode } from '../parse/storage-node.js';
import type { ElementHandler } from '../scope.js';

const block: ElementHandler = ({ children }, scope) => {
  scope.flow.endParagraph();
  scope.walk(children);
  scope.flow.endParagraph();
};

const paragraph: ElementHandler = (element, scope) => block(element, scope.asSentence());

const heading =
  (depth: number): ElementHandler =>
  ({ children }, scope) => {
    const inlines: Inline[] = [];
    const rest: Block[] = [];
    for (const child of scope.blocks(children)) {
      if (child.type !== 'paragraph') rest.push(child);
      else inlines.push(...(inlines.length === 0 ? [] : [{ type: 'break' } as const]), ...child.children);
    }
    if (inlines.length > 0) scope.push({ type: 'heading', depth, children: inlines });
    scope.push(...rest);
  };

const blockquote: ElementHandler = ({ children }, scope) => {
  const content = scope.blocks(children);
  if (content.length > 0) scope.push({ type: 'blockquote', children: content });
};

const rule: ElementHandler = ({ children }, scope) => {
  scope.push({ type: 'thematicBreak' });
  scope.walk(children);
};

const isPlain = (node: StorageNode): boolean =>
  !isElement(node) ||
  (['span', 'code', 'br', 'ac:inline-comment-marker'].includes(node.name) && node.children.every(isPlain));

const literal = (node: StorageNode): string =>
  isElement(node) && node.name === 'br'
    ? `\n${node.children.map(literal).join('')}`
    : isElement(node)
      ? node.children.map(literal).join('')
      : node.text;

/** Plain text is a code block. What holds formatting, links or macros goes line by line, so that they work. */
const pre: ElementHandler = (element, scope) => {
  if (element.children.every(isPlain)) {
    const value = element.children
      .map(literal)
      .join('')
      .replace(/^\n|\n$/g, '');
    if (value.trim() !== '') scope.push({ type: 'code', value });
    return;
  }
  scope.flow.endParagraph();
  for (const child of element.children) {
    if (isElement(child)) scope.element(child);
    else
      lines(textOf(child)).forEach((line, index) => {
        if (index > 0) scope.push({ type: 'break' });
        scope.text(line.replace(/^[ \t]+/, (indent) => '\u00a0'.repeat(indent.length)));
      });
  }
  scope.flow.endParagraph();
};

const lines = (text: string): readonly string[] => text.split('\n');

const BLOCKS = [
  'div',
  'section',
  'article',
  'header',
  'footer',
  'main',
  'aside',
  'nav',
  'address',
  'center',
  'figure',
  'figcaption',
  'fieldset',
  'form',
  'ac:layout',
  'ac:layout-section',
  'ac:layout-cell',
  'ac:rich-text-body',
];

/** Headings, paragraphs, quotes, preformatted text, rules, and the elements that only group blocks. */
export const blockElements: readonly (readonly [string, ElementHandler])[] = [
  ...BLOCKS.map((name) => [name, block] as const),
  ['p', paragraph],
  ...[1, 2, 3, 4, 5, 6].map((depth) => [`h${depth}`, heading(depth)] as const),
  ['blockquote', blockquote],
  ['hr', rule],
  ['pre', pre],
];
