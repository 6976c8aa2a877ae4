import type { Block, Code, Inline, List, ListItem, Table, TableCell } from '../document/nodes.js';
import { tocList } from '../document/toc-list.js';
import { titledContent } from '../document/alert-title.js';
import type { PageAnchors } from '../links/page-anchors.js';

/** How content goes into the elements of blocks: as HTML, or as Markdown on the line of a table's row. */
export interface ContentForm {
  readonly anchors: PageAnchors;
  /** Stands between blocks. */
  readonly line: string;
  /** Attributes of elements that hold blocks, and of those that hold text. */
  readonly ofBlocks: string;
  readonly ofText: string;
  readonly inline: (inlines: readonly Inline[]) => string;
  readonly paragraph: (inlines: readonly Inline[]) => string;
  readonly code: (code: Code) => string;
  readonly text: (value: string) => string;
  /** The blocks of an element as they are to be written. */
  readonly prepared: (blocks: readonly Block[]) => readonly Block[];
}

const box = (checked: boolean | undefined): string =>
  checked === undefined ? '' : `<input type="checkbox" disabled${checked ? ' checked' : ''}> `;

const attribute = (name: string, value: string | number | undefined): string =>
  value === undefined ? '' : ` ${name}="${value}"`;

const span = (name: string, count: number): string => attribute(name, count === 1 ? undefined : count);

/** Writes blocks as HTML without blank lines, so that Markdown leaves them alone. */
export class BlockWriter {
  readonly #form: ContentForm;

  constructor(form: ContentForm) {
    this.#form = form;
  }

  blocks(blocks: readonly Block[]): string {
    return this.#lines(this.#form.prepared(blocks).map((block) => this.#block(block)));
  }

  /** A table, a line for each cell. */
  table({ rows }: Table): string {
    const { ofBlocks } = this.#form;
    const lines = rows.flatMap((row) => [`<tr${ofBlocks}>`, ...row.map((cell) => this.#cell(cell)), '</tr>']);
    return this.#lines([`<table${ofBlocks}>`, ...lines, '</table>']);
  }

  /** A definition list: Markdown has none. */
  definitionList({ items }: Extract<Block, { type: 'definitionList' }>): string {
    const lines = items.map(({ term, children }) => this.#element(term ? 'dt' : 'dd', '', '', children));
    return this.#lines([`<dl${this.#form.ofBlocks}>`, ...lines, '</dl>']);
  }

  #block(block: Block): string {
    switch (block.type) {
      case 'paragraph':
        return this.#form.paragraph(block.children);
      case 'heading':
        return `<h${block.depth}${this.#form.ofText}>${this.#form.inline(block.children)}</h${block.depth}>`;
      case 'code':
        return this.#form.code(block);
      case 'markdown':
        return `\n\n${block.value}\n\n`;
      case 'blockquote':
        return this.#lines([
          `<blockquote${this.#form.ofBlocks}>`,
          this.blocks(titledContent(block)),
          '</blockquote>',
        ]);
      case 'list':
        return this.#list(block);
      case 'definitionList':
        return this.definitionList(block);
      case 'table':
        return this.table(block);
      case 'details':
        return this.#lines([
          `<details${this.#form.ofBlocks}><summary>${this.#form.text(block.summary)}</summary>`,
          this.blocks(block.children),
          '</details>',
        ]);
      case 'toc':
        return this.#list(tocList(block, this.#form.anchors));
      case 'thematicBreak':
        return '<hr>';
      case 'comment':
        return this.#form.inline([block]);
    }
  }

  #list({ ordered, start, items }: List): string {
    const tag = ordered ? 'ol' : 'ul';
    const from = attribute('start', ordered && start !== 1 ? start : undefined);
    return this.#lines([
      `<${tag}${from}${this.#form.ofBlocks}>`,
      ...items.map((item) => this.#item(item)),
      `</${tag}>`,
    ]);
  }

  #item({ checked, children }: ListItem): string {
    return this.#element('li', '', box(checked), children);
  }

  #cell({ header, colspan, rowspan, align, children }: TableCell): string {
    const tag = header ? 'th' : 'td';
    const attributes = span('colspan', colspan) + span('rowspan', rowspan) + attribute('align', align);
    return this.#element(tag, attributes, '', children);
  }

  /** An element with blocks: a single paragraph stands without its tags, behind what comes `first`. */
  #element(tag: string, attributes: string, first: string, blocks: readonly Block[]): string {
    const { ofBlocks, ofText } = this.#form;
    const [only, ...others] = blocks;
    const holdsText = others.length === 0 && (only === undefined || only.type === 'paragraph');
    return `<${tag}${attributes}${holdsText ? ofText : ofBlocks}>${first}${this.#contents(blocks)}</${tag}>`;
  }

  /** Blocks of an item or a cell: a single paragraph stands without its tags. */
  #contents(blocks: readonly Block[]): string {
    const [first, ...rest] = this.#form.prepared(blocks);
    if (first?.type !== 'paragraph' || rest.some(({ type }) => type === 'paragraph'))
      return this.blocks(blocks);
    const inline = this.#form.inline(first.children);
    return rest.length === 0 ? inline : this.#lines([inline, this.blocks(rest)]);
  }

  #lines(lines: readonly string[]): string {
    return lines.filter((line) => line !== '').join(this.#form.line);
  }
}
