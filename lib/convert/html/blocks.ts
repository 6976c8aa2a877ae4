import type { Block, Code, List, ListItem, Table, TableCell } from '../document/nodes.js';
import { oneLine } from '../document/nodes.js';
import { tocList } from '../document/toc-list.js';
import { titledContent } from '../document/alert-title.js';
import type { PageAnchors } from '../links/page-anchors.js';
import { escapeAttribute, escapeHtml } from './escape-html.js';
import { commentHtml, inlineHtml } from './inline.js';

/** Blank lines end HTML in Markdown, so in preformatted text they become character references. */
const preformatted = (value: string): string => escapeHtml(value).replace(/\n(?=[ \t]*(?:\n|$))/g, '&#10;');

function code({ value, lang }: Code): string {
  const language = lang === undefined ? '' : ` class="language-${escapeAttribute(lang)}"`;
  return `<pre><code${language}>${preformatted(value)}</code></pre>`;
}

/** Blocks of an item or a cell: a single paragraph stands without its tags. */
function contents(blocks: readonly Block[], anchors: PageAnchors): string {
  const [first, ...rest] = blocks;
  if (first?.type !== 'paragraph' || rest.some(({ type }) => type === 'paragraph'))
    return blocksHtml(blocks, anchors);
  return inlineHtml(first.children, anchors) + blocksHtml(rest, anchors);
}

const box = (checked: boolean | undefined): string =>
  checked === undefined ? '' : `<input type="checkbox" disabled${checked ? ' checked' : ''}> `;

const item = ({ checked, children }: ListItem, anchors: PageAnchors): string =>
  `<li>${box(checked)}${contents(children, anchors)}</li>`;

function list({ ordered, start, items }: List, anchors: PageAnchors): string {
  const tag = ordered ? 'ol' : 'ul';
  const from = ordered && start !== undefined && start !== 1 ? ` start="${start}"` : '';
  return `<${tag}${from}>${items.map((each) => item(each, anchors)).join('')}</${tag}>`;
}

const span = (name: string, count: number): string => (count === 1 ? '' : ` ${name}="${count}"`);

function cell({ header, colspan, rowspan, children }: TableCell, anchors: PageAnchors): string {
  const tag = header ? 'th' : 'td';
  return `<${tag}${span('colspan', colspan)}${span('rowspan', rowspan)}>${contents(children, anchors)}</${tag}>`;
}

/** A table as HTML, a line for each cell and no blank lines, so that Markdown leaves it alone. */
export function tableHtml({ rows }: Table, anchors: PageAnchors): string {
  const lines = rows.map((row) => ['<tr>', ...row.map((each) => cell(each, anchors)), '</tr>'].join('\n'));
  return ['<table>', ...lines, '</table>'].join('\n');
}

function blockHtml(block: Block, anchors: PageAnchors): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${inlineHtml(block.children, anchors)}</p>`;
    case 'heading':
      return `<h${block.depth}>${inlineHtml(block.children, anchors)}</h${block.depth}>`;
    case 'code':
      return code(block);
    case 'markdown':
      return `\n\n${block.value}\n\n`;
    case 'blockquote':
      return `<blockquote>${blocksHtml(titledContent(block), anchors)}</blockquote>`;
    case 'list':
      return list(block, anchors);
    case 'definitionList':
      return definitionListHtml(block, anchors);
    case 'table':
      return tableHtml(block, anchors);
    case 'details':
      return `<details><summary>${escapeHtml(oneLine(block.summary))}</summary>${blocksHtml(block.children, anchors)}</details>`;
    case 'toc':
      return list(tocList(block, anchors), anchors);
    case 'thematicBreak':
      return '<hr>';
    case 'comment':
      return commentHtml(block);
  }
}

/** A definition list as HTML: Markdown has none. */
export function definitionListHtml(
  block: Extract<Block, { type: 'definitionList' }>,
  anchors: PageAnchors,
): string {
  const items = block.items.map(({ term, children }) => {
    const tag = term ? 'dt' : 'dd';
    return `<${tag}>${contents(children, anchors)}</${tag}>`;
  });
  return ['<dl>', ...items, '</dl>'].join('\n');
}

const blocksHtml = (blocks: readonly Block[], anchors: PageAnchors): string =>
  blocks.map((block) => blockHtml(block, anchors)).join('');
