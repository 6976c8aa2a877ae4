import { parseBody, type ParsedBody } from '../convert/index.js';

type Node = ParsedBody[number];

/** Elements that stand in lines of their own. */
export const LINES: ReadonlySet<string> = new Set(
  'address article aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section summary table tr ul'.split(
    ' ',
  ),
);
const CELLS: ReadonlySet<string> = new Set(['td', 'th']);

const textOf = (node: Node): string => {
  if (!('name' in node)) return node.cdata ? node.text : node.text.replace(/\s+/g, ' ');
  const inner = node.children.map(textOf).join('');
  if (LINES.has(node.name)) return `\n${inner}\n`;
  return CELLS.has(node.name) ? `${inner}\t` : inner;
};

/** The text of HTML, as it stands in Markdown: elements that stand alone in lines of their own, cells apart. */
export const htmlText = (html: string): string =>
  parseBody(html)
    .map(textOf)
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
