import type { Dialect } from '../dialects/dialect.js';
import type { Block, Code, Inline, TableCell } from '../document/nodes.js';
import { oneLine, paragraph } from '../document/nodes.js';
import { BlockWriter } from '../html/block-writer.js';
import { escapeHtml } from '../html/escape-html.js';
import type { ContentForm } from '../html/block-writer.js';
import type { PageAnchors } from '../links/page-anchors.js';
import { escapeText } from './escape-text.js';
import { inlineMarkdown } from './inline-markdown.js';
import { ALL_RISKS } from './risks.js';

/** Longer code in a row of Markdown is harder to read than a table in HTML. */
const MOST_CODE_LINES = 12;

/** Whether a block can stand on the line of a table's row. */
function fitsRow(block: Block): boolean {
  switch (block.type) {
    case 'table':
    case 'markdown':
      return false;
    case 'code':
      return block.value.split('\n', MOST_CODE_LINES + 1).length <= MOST_CODE_LINES;
    case 'blockquote':
    case 'details':
      return block.children.every(fitsRow);
    case 'list':
    case 'definitionList':
      return block.items.every(({ children }) => children.every(fitsRow));
    default:
      return true;
  }
}

/** Whether a cell can stand in a row of Markdown: it spans no others, and what it holds fits on a line. */
export const fitsCell = ({ colspan, rowspan, children }: TableCell): boolean =>
  colspan === 1 && rowspan === 1 && children.every(fitsRow);

const GAP: readonly Inline[] = [{ type: 'break' }, { type: 'break' }];

/** A line of code or a formula on one is a word of a text. */
const asText = (block: Block): Block =>
  block.type === 'code' && !block.value.includes('\n')
    ? paragraph({ type: block.lang === 'math' ? 'inlineMath' : 'inlineCode', value: block.value })
    : block;

/** Paragraphs beside each other joined, a blank line between them; notes and lines of code belong to them. */
function joinParagraphs(blocks: readonly Block[]): readonly Block[] {
  const result: Block[] = [];
  for (const block of blocks.map(asText)) {
    const last = result.at(-1);
    if (block.type !== 'paragraph' && block.type !== 'comment') {
      result.push(block);
      continue;
    }
    const before = last?.type === 'paragraph' ? last.children : [];
    const hasText = before.some(({ type }) => type !== 'comment');
    const own: readonly Inline[] = block.type === 'comment' ? [block] : block.children;
    const gap = hasText && block.type === 'paragraph' ? GAP : [];
    if (last?.type === 'paragraph') result.pop();
    result.push({ type: 'paragraph', children: [...before, ...gap, ...own] });
  }
  return result;
}

const AROUND = { inLink: false, inCell: true, before: '>', after: '<', risks: ALL_RISKS };

/** Lines of code in an element of HTML. */
function code({ value }: Code, dialect: Dialect): string {
  return `<pre><code>${value
    .split('\n')
    .map((line) => escapeText(line, { ...AROUND, inLink: true, noElements: true, dialect }))
    .join('&#10;')}</code></pre>`;
}

/** Content as Markdown on the line of a row; `isWhole`: nothing but text stands in the cell. */
const rowForm = (anchors: PageAnchors, isWhole: boolean): ContentForm => {
  const inline = (inlines: readonly Inline[]): string =>
    inlineMarkdown(inlines, { anchors, place: 'cell', isPart: !isWhole });
  return {
    anchors,
    line: '',
    ofBlocks: '',
    ofText: '',
    inline,
    paragraph: inline,
    code: (block) => code(block, anchors.dialect),
    text: (value) => escapeText(oneLine(value), { ...AROUND, dialect: anchors.dialect }),
    prepared: joinParagraphs,
  };
};

/** What a cell holds on the line of a row: text as Markdown, blocks as elements of HTML around it. */
export function cellMarkdown(blocks: readonly Block[], anchors: PageAnchors): string {
  const [only] = blocks;
  if (blocks.length === 1 && only?.type === 'paragraph')
    return inlineMarkdown(only.children, { anchors, place: 'cell' }).replaceAll('|', '\\|');
  const shown = joinParagraphs(blocks);
  const isWhole = shown.every(({ type }) => type === 'paragraph');
  return new BlockWriter(rowForm(anchors, isWhole)).blocks(shown).replaceAll('|', '\\|');
}

/** A backslash would show where Markdown takes an element as it is. */
const asReferences = (characters: string): string =>
  characters.replace(/[^]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Markdown in elements of HTML, which tell Python-Markdown so. */
export const markdownInHtml = (anchors: PageAnchors): ContentForm => ({
  ...rowForm(anchors, false),
  line: '\n',
  ofBlocks: ' markdown="1"',
  ofText: ' markdown="span"',
  code: (block) => code(block, { ...anchors.dialect, escape: asReferences }),
  text: (value) => escapeHtml(oneLine(value)),
});
