import { parseDocument } from 'htmlparser2';
import { toHtml } from './to-html.js';

type Nodes = ReturnType<typeof parseDocument>['children'];
type Node = Nodes[number];

/** What a reader of a rendered page sees, in order. */
export interface Reading {
  /** All visible text, white space collapsed. */
  readonly text: string;
  /** Address and text of each link; bare addresses in the text that renderers link by themselves are left out. */
  readonly links: readonly string[];
  /** Address and alternative text of each picture. */
  readonly images: readonly string[];
  /** The text of each code block. */
  readonly codes: readonly string[];
  /** Nesting of lists, quotations, tables and code blocks; tasks with their state, tables with the text of their cells. */
  readonly shape: string;
}

const INLINE = new Set(
  'a strong em del u sub sup small code span input img time b i s ins tt kbd samp mark'.split(' '),
);

export const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim();

const childrenOf = (node: Node): Nodes => ('children' in node ? node.children : []);
const nameOf = (node: Node): string => ('name' in node ? node.name : '');
const attributesOf = (node: Node): Record<string, string> => ('attribs' in node ? node.attribs : {});

const isComment = (node: Node): boolean => node.nodeType === 8;

function rawText(node: Node): string {
  if (!('name' in node)) return 'data' in node && !isComment(node) ? node.data : '';
  const inner = childrenOf(node).map(rawText).join('');
  return INLINE.has(nameOf(node)) ? inner : ` ${inner} `;
}

const literalText = (node: Node): string =>
  'data' in node ? node.data : childrenOf(node).map(literalText).join('');

const all = (node: Node, name: string): Node[] =>
  nameOf(node) === name ? [node] : childrenOf(node).flatMap((child) => all(child, name));

const isBare = (href: string, text: string): boolean =>
  collapsed(href).replace(/^(?:mailto:|https?:\/\/)/, '') === text.replace(/^https?:\/\//, '');

function span(node: Node): string {
  const attributes = attributesOf(node);
  return ['colspan', 'rowspan']
    .flatMap((name) => (attributes[name] === undefined ? [] : [` ${name}="${attributes[name]}"`]))
    .join('');
}

/** The cells of a row without the empty ones that only make it as long as others. */
function row(node: Node): string {
  const cells = childrenOf(node).filter((child) => ['td', 'th'].includes(nameOf(child)));
  const contents = cells.map((cell) => span(cell) + collapsed(rawText(cell)) + shape(childrenOf(cell)));
  return contents.slice(0, contents.findLastIndex((content) => content !== '') + 1).join(' | ');
}

function box(node: Node): string {
  const input = childrenOf(node).find((child) => nameOf(child) === 'input');
  if (input === undefined) return '';
  return 'checked' in attributesOf(input) ? '[x]' : '[ ]';
}

/** The rows of a table, without those of tables inside. */
const rowsOf = (node: Node): Node[] =>
  childrenOf(node).flatMap((child) =>
    nameOf(child) === 'tr' ? [child] : ['thead', 'tbody'].includes(nameOf(child)) ? rowsOf(child) : [],
  );

function shapeOf(node: Node): string {
  const name = nameOf(node);
  if (name === 'pre') return 'code;';
  if (name === 'table') {
    const rows = rowsOf(node)
      .map(row)
      .filter((cells) => cells.replace(/[ |]/g, '') !== '');
    return `table(${rows.join(' / ')});`;
  }
  if (['ul', 'ol', 'li', 'blockquote', 'dl', 'dt', 'dd'].includes(name))
    return `${name}${name === 'li' ? box(node) : ''}(${shape(childrenOf(node))});`;
  return shape(childrenOf(node));
}

const shape = (nodes: Nodes): string => nodes.map(shapeOf).join('');

/** Reads Markdown as a browser shows it, after a real Markdown parser. */
export function readMarkdown(markdown: string, render = toHtml): Reading {
  const { children } = parseDocument(render(markdown));
  const links = children.flatMap((node) => all(node, 'a')).filter((node) => 'href' in attributesOf(node));
  return {
    text: collapsed(children.map(rawText).join('')),
    links: links
      .map((node) => [attributesOf(node).href ?? '', collapsed(rawText(node))] as const)
      .filter(([href, text]) => !isBare(href, text))
      .map(([href, text]) => `${href} ${text}`),
    images: children
      .flatMap((node) => all(node, 'img'))
      .map((node) => `${attributesOf(node).src ?? ''} ${collapsed(attributesOf(node).alt ?? '')}`),
    codes: children.flatMap((node) => all(node, 'pre')).map(literalText),
    shape: shape(children),
  };
}
