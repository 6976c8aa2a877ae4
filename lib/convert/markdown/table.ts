import type { Block, Inline, Table, TableCell } from '../document/nodes.js';
import type { PageAnchors } from '../links/page-anchors.js';
import { inlineMarkdown } from './inline.js';

const isSimple = (cell: TableCell): boolean =>
  cell.colspan === 1 &&
  cell.rowspan === 1 &&
  cell.children.every(({ type }) => type === 'paragraph' || type === 'comment');

/** Whether a Markdown table can say the same: every cell one line of inline content, no cell spans others. */
export const fitsMarkdown = ({ rows }: Table): boolean => rows.every((row) => row.every(isSimple));

const isHeaderRow = (row: readonly TableCell[]): boolean => row.every(({ header }) => header);

const GAP: readonly Inline[] = [{ type: 'break' }, { type: 'break' }];

/** Paragraphs of a cell on one line, blank lines between them. */
function inlinesOf(blocks: readonly Block[]): readonly Inline[] {
  const first = blocks.find(({ type }) => type === 'paragraph');
  return blocks.flatMap((block) => {
    if (block.type === 'paragraph') return block === first ? block.children : [...GAP, ...block.children];
    return block.type === 'comment' ? [block] : [];
  });
}

const bold = (inlines: readonly Inline[]): readonly Inline[] =>
  inlines.map((inline) => ({
    ...inline,
    marks: ['strong', ...(inline.marks ?? []).filter((mark) => mark !== 'strong')],
  }));

/** The rows of a Markdown table. Header cells below the first row are bold; a table without a header gets an empty one. */
export function tableMarkdown({ rows }: Table, anchors: PageAnchors): readonly string[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const full = (cells: readonly string[], fill: string): readonly string[] =>
    Array.from({ length: columns }, (_, index) => cells[index] ?? fill);
  const write = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const content = (inlines: readonly Inline[]): string =>
    inlineMarkdown(inlines, { anchors, place: 'cell' }).replaceAll('|', '\\|');
  const [first = [], ...others] = rows;
  const hasHeader = isHeaderRow(first);
  const header = hasHeader ? first.map(({ children }) => content(inlinesOf(children))) : [];
  const body = (hasHeader ? others : rows).map((row) =>
    row.map((cell) => content(cell.header ? bold(inlinesOf(cell.children)) : inlinesOf(cell.children))),
  );
  return [write(full(header, '')), write(full([], '---')), ...body.map(write)];
}
