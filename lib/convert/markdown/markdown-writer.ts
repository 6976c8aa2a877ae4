import type { Dialect } from '../dialects/dialect.js';
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
import { tocList } from '../document/toc-list.js';
import { BlockWriter } from '../html/block-writer.js';
import { htmlForm } from '../html/html-form.js';
import { commentHtml } from '../html/inline-html.js';
import { textHtml } from '../html/text-html.js';
import { alertTitle, titledContent } from '../document/alert-title.js';
import { withoutRepeatedAnchors } from '../links/page-anchors.js';
import type { PageAnchors } from '../links/page-anchors.js';
import { markdownInHtml } from './cell-markdown.js';
import { fence } from './code-span.js';
import { escapeLine } from './escape-line.js';
import { inlineMarkdown } from './inline-markdown.js';
import { LineWriter } from './line-writer.js';
import { fitsMarkdown, tableMarkdown } from './table-markdown.js';

type ShownBlock = Exclude<Block, TableOfContents>;

/** Writes blocks of a page as Markdown. */
export class MarkdownWriter {
  readonly #anchors: PageAnchors;
  readonly #dialect: Dialect;
  readonly #html: BlockWriter;
  readonly #writer = new LineWriter();
  #depth = 0;

  constructor(anchors: PageAnchors) {
    this.#anchors = anchors;
    this.#dialect = anchors.dialect;
    const { markdownInHtml: isMarkdown } = anchors.dialect;
    this.#html = new BlockWriter(isMarkdown ? markdownInHtml(anchors) : htmlForm(anchors));
  }

  toString(): string {
    return this.#writer.toString();
  }

  /** Writes blocks with a blank line between them; `tight` leaves it out where Markdown does not need it. */
  blocks(blocks: readonly Block[], tight = false): void {
    let previous: Block | undefined;
    let alternate = false;
    for (const each of blocks) {
      const block = this.#shown(each);
      if (block === undefined) continue;
      const isLike = previous?.type === 'list' && block.type === 'list' && previous.ordered === block.ordered;
      const isMerged = isLike && !this.#dialect.alternates;
      if (previous !== undefined && !(tight && joins(previous, block))) this.#writer.line('');
      if (previous !== undefined && (isMerged || wouldMerge(previous, block))) this.#writer.lines(SEPARATOR);
      alternate = isLike && !isMerged && !alternate;
      this.#block(block, alternate);
      previous = block;
    }
  }

  /** A block as it shows, a table of contents filled in; `undefined` when it shows nothing. */
  #shown(block: Block): ShownBlock | undefined {
    if (block.type === 'paragraph') return this.#shows(block.children) ? block : undefined;
    if (block.type !== 'toc') return block;
    const list = tocList(block, this.#anchors);
    return list.items.length === 0 ? undefined : list;
  }

  /** Whether a paragraph holds more than anchors that headings have, too. */
  #shows(children: readonly Inline[]): boolean {
    return children[0]?.type !== 'anchor' || withoutRepeatedAnchors(children, this.#anchors).length > 0;
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
    if (markdown.includes('\n')) {
      for (const line of markdown.split('\n')) this.#writer.line(escapeLine(line, this.#dialect));
    } else this.#writer.line(escapeLine(markdown, this.#dialect));
  }

  #heading(children: readonly Inline[]): string {
    const markdown = inlineMarkdown(children, { anchors: this.#anchors, place: 'heading' });
    return markdown.replace(/(^|\s)(#+)$/, '$1\\$2');
  }

  #code({ value, lang = '' }: Code): void {
    if (lang === 'math' && this.#dialect.dollars && !/\$|\n\s*\n/.test(value)) {
      this.#writer.lines(`$$\n${value}\n$$`);
      return;
    }
    const marker = fence(value, '`', 3);
    this.#writer.line(marker + lang);
    this.#writer.literal(value);
    this.#writer.line(marker);
  }

  /** Where the dialect knows no alert, its kind is a title. */
  #blockquote(quote: Blockquote): void {
    const { alert, children } = quote;
    const form = this.#dialect.alert;
    if (alert === undefined || (this.#depth > 0 && !form.nests)) {
      this.#nested('> ', '> ', () => this.blocks(titledContent(quote)));
      return;
    }
    const title = form.takesTitle ? alertTitle(children) : undefined;
    const content = title === undefined ? children : children.slice(1);
    this.#nested(form.first, form.rest, () => {
      this.#writer.line(form.head(alert, title && this.#heading(title)));
      if (needsBlankLine(content[0])) this.#writer.line('');
      this.blocks(content);
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
      this.#nested(marker, this.#dialect.indent(marker), () => this.#item(this.#begun(item), tight));
    });
  }

  /** An item that begins as the dialect can read it. */
  #begun(item: ListItem): ListItem {
    const [first] = item.children;
    const isText = first?.type === 'paragraph' || first?.type === 'list' || first?.type === 'heading';
    if (this.#dialect.itemsBeginWithBlocks || isText || first === undefined) return item;
    return { ...item, children: [NO_TEXT, ...item.children] };
  }

  #item({ checked, children }: ListItem, tight: boolean): void {
    if (checked === undefined) {
      this.blocks(children, tight);
      return;
    }
    const box = checked ? '[x] ' : '[ ] ';
    const [begin] = children;
    const first = begin?.type === 'paragraph' || begin === NO_TEXT ? [] : [NO_TEXT];
    this.#writer.indented(box, '', () => this.blocks([...first, ...children], tight));
  }

  #table(table: Table): void {
    if (fitsMarkdown(table)) for (const row of tableMarkdown(table, this.#anchors)) this.#writer.line(row);
    else this.#writer.literal(this.#html.table(table));
  }

  #details({ summary, children }: Details): void {
    this.#writer.lines(`${this.#dialect.details}\n<summary>${textHtml(summary, this.#dialect)}</summary>\n`);
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
