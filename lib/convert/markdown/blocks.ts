import type {
  Block,
  Blockquote,
  Code,
  Details,
  Inline,
  List,
  ListItem,
  Table,
  TableOfContents,
} from '../document/nodes.js';
import { oneLine } from '../document/nodes.js';
import { tocList } from '../document/toc-list.js';
import { BlockWriter } from '../html/block-writer.js';
import { escapeHtml } from '../html/escape-html.js';
import { htmlForm } from '../html/html-form.js';
import { commentHtml } from '../html/inline.js';
import { titledContent } from '../document/alert-title.js';
import { withoutRepeatedAnchors } from '../links/page-anchors.js';
import type { PageAnchors } from '../links/page-anchors.js';
import { fence } from './code-span.js';
import { escapeLine } from './escape-line.js';
import { inlineMarkdown } from './inline.js';
import { LineWriter } from './line-writer.js';
import { fitsMarkdown, tableMarkdown } from './table.js';

type ShownBlock = Exclude<Block, TableOfContents>;

/** Writes blocks of a page as Markdown. */
export class MarkdownWriter {
  readonly #anchors: PageAnchors;
  readonly #html: BlockWriter;
  readonly #writer = new LineWriter();
  #depth = 0;

  constructor(anchors: PageAnchors) {
    this.#anchors = anchors;
    this.#html = new BlockWriter(htmlForm(anchors));
  }

  toString(): string {
    return this.#writer.toString();
  }

  /** Writes blocks with a blank line between them; `tight` leaves it out where Markdown does not need it. */
  blocks(blocks: readonly Block[], tight = false): void {
    let previous: Block | undefined;
    let alternate = false;
    for (const block of this.#shown(blocks)) {
      if (previous !== undefined && !(tight && joins(previous, block))) this.#writer.line('');
      if (previous !== undefined && wouldMerge(previous, block)) this.#writer.lines(SEPARATOR);
      alternate =
        previous?.type === 'list' &&
        block.type === 'list' &&
        previous.ordered === block.ordered &&
        !alternate;
      this.#block(block, alternate);
      previous = block;
    }
  }

  /** Tables of contents filled in; what shows nothing left out. */
  #shown(blocks: readonly Block[]): readonly ShownBlock[] {
    return blocks.flatMap((block) => {
      if (block.type === 'paragraph' && withoutRepeatedAnchors(block.children, this.#anchors).length === 0)
        return [];
      if (block.type !== 'toc') return [block];
      const list = tocList(block, this.#anchors);
      return list.items.length === 0 ? [] : [list];
    });
  }

  #block(block: ShownBlock, alternate: boolean): void {
    switch (block.type) {
      case 'paragraph':
        this.#paragraph(block.children);
        break;
      case 'heading':
        this.#writer.line(`${'#'.repeat(block.depth)} ${this.#heading(block.children)}`);
        break;
      case 'code':
        this.#code(block);
        break;
      case 'markdown':
        this.#writer.literal(block.value);
        break;
      case 'blockquote':
        this.#blockquote(block);
        break;
      case 'list':
        this.#list(block, alternate);
        break;
      case 'definitionList':
        this.#writer.literal(this.#html.definitionList(block));
        break;
      case 'table':
        this.#table(block);
        break;
      case 'details':
        this.#details(block);
        break;
      case 'thematicBreak':
        this.#writer.line('***');
        break;
      case 'comment':
        this.#writer.line(commentHtml(block));
    }
  }

  #paragraph(children: readonly Inline[]): void {
    const markdown = inlineMarkdown(children, { anchors: this.#anchors, place: 'paragraph' });
    for (const line of markdown.split('\n')) this.#writer.line(escapeLine(line));
  }

  #heading(children: readonly Inline[]): string {
    const markdown = inlineMarkdown(children, { anchors: this.#anchors, place: 'heading' });
    return markdown.replace(/(^|\s)(#+)$/, '$1\\$2');
  }

  #code({ value, lang = '' }: Code): void {
    const marker = fence(value, '`', 3);
    this.#writer.line(marker + lang);
    this.#writer.literal(value);
    this.#writer.line(marker);
  }

  /** GitHub knows alerts at the top level only; deeper ones get their kind as a title. */
  #blockquote(quote: Blockquote): void {
    const { alert, children } = quote;
    const isAlert = alert !== undefined && this.#depth === 0;
    this.#nested('> ', '> ', () => {
      if (isAlert) this.#writer.line(`[!${alert}]`);
      if (isAlert && needsBlankLine(children[0])) this.#writer.line('');
      this.blocks(isAlert ? children : titledContent(quote));
    });
  }

  #nested(first: string, rest: string, body: () => void): void {
    this.#depth += 1;
    this.#writer.indented(first, rest, body);
    this.#depth -= 1;
  }

  #list({ ordered, start = 1, items }: List, alternate: boolean): void {
    const tight = items.every(isTight);
    items.forEach((item, index) => {
      if (index > 0 && !tight) this.#writer.line('');
      const marker = ordered ? `${start + index}${alternate ? ')' : '.'} ` : alternate ? '+ ' : '- ';
      this.#nested(marker, ' '.repeat(marker.length), () => this.#item(item, tight));
    });
  }

  #item({ checked, children }: ListItem, tight: boolean): void {
    if (checked === undefined) {
      this.blocks(children, tight);
      return;
    }
    const box = checked ? '[x] ' : '[ ] ';
    const first = children[0]?.type === 'paragraph' ? [] : [NO_TEXT];
    this.#writer.indented(box, '', () => this.blocks([...first, ...children], tight));
  }

  #table(table: Table): void {
    if (fitsMarkdown(table)) for (const row of tableMarkdown(table, this.#anchors)) this.#writer.line(row);
    else this.#writer.literal(this.#html.table(table));
  }

  #details({ summary, children }: Details): void {
    this.#writer.lines(`<details>\n<summary>${escapeHtml(oneLine(summary))}</summary>\n`);
    this.blocks(children);
    this.#writer.lines('\n</details>');
  }
}

/** Stands for the text that a task without one needs. */
const NO_TEXT: Block = { type: 'markdown', value: '&nbsp;' };

/** Whether a list needs no blank lines: every item a paragraph, then lists at most. */
const isTight = ({ children }: ListItem): boolean =>
  children.every((child, index) =>
    index === 0 ? child.type === 'paragraph' || child.type === 'list' : child.type === 'list',
  );

/** Ends a list or a piece of foreign Markdown that what follows would continue. */
const SEPARATOR = '<!-- -->\n';

/** Whether a list and foreign Markdown stand together: that may begin or end with a list of its own. */
const wouldMerge = (previous: Block, next: Block): boolean =>
  (previous.type === 'markdown' &&
    previous !== NO_TEXT &&
    (next.type === 'list' || next.type === 'markdown')) ||
  (previous.type === 'list' && next.type === 'markdown');

/** Whether a block would belong to the text on the line above: to some parsers so does a list deeper on its line. */
function needsBlankLine(block: Block | undefined): boolean {
  if (block?.type === 'blockquote') return needsBlankLine(block.children[0]);
  if (block?.type !== 'list') return block?.type === 'markdown';
  return (block.ordered && (block.start ?? 1) !== 1) || needsBlankLine(block.items[0]?.children[0]);
}

/** Whether a block may follow another without a blank line: some lists cannot interrupt a paragraph. */
function joins(previous: Block, next: Block): boolean {
  if (next.type !== 'list' || needsBlankLine(next)) return false;
  if (previous.type !== 'paragraph') return previous === NO_TEXT;
  const [first] = previous.children;
  return first?.type === 'text';
}
