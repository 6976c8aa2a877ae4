import { marksOf } from '../document/nodes.js';
import type { Align, Block, Table, TableCell } from '../document/nodes.js';
import type { PageAnchors } from '../links/page-anchors.js';
import { cellMarkdown, fitsCell } from './cell-markdown.js';

type Row = readonly TableCell[];

/** Whether a Markdown table can say the same. */
export const fitsMarkdown = ({ rows }: Table): boolean => rows.every((row) => row.every(fitsCell));

const isBold = ({ children }: TableCell): boolean =>
  children.length > 0 &&
  children.every(
    (block) =>
      block.type === 'paragraph' &&
      block.children.every((inline) => inline.type === 'break' || marksOf(inline).includes('strong')),
  );

/** Whether a row is the header: all its cells are header cells, or all are bold; the corner may be empty. */
function isHeaderRow(row: Row): boolean {
  const [corner, ...others] = row;
  const named = corner?.children.length === 0 && others.length > 0 ? others : row;
  return row.every(({ header }) => header) || named.every(({ header }) => header) || named.every(isBold);
}

/** The alignment that all filled cells of a column have. */
function alignOf(rows: readonly Row[], column: number): Align | undefined {
  let first: TableCell | undefined;
  for (const row of rows) {
    const cell = row[column];
    if (cell === undefined || cell.children.length === 0) continue;
    first ??= cell;
    if (cell.align !== first.align) return undefined;
  }
  return first?.align;
}

const RULES = { left: '---', center: ':---:', right: '---:' } as const;

const bold = (blocks: readonly Block[]): readonly Block[] =>
  blocks.map((block) =>
    block.type === 'paragraph'
      ? {
          ...block,
          children: block.children.map((inline) => ({
            ...inline,
            marks: ['strong', ...marksOf(inline).filter((mark) => mark !== 'strong')],
          })),
        }
      : block,
  );

/** The rows of a Markdown table. Header cells below the first row are bold; a table without a header gets an empty one. */
export function tableMarkdown({ rows }: Table, anchors: PageAnchors): readonly string[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const full = (cell: (column: number) => string): readonly string[] => {
    const cells: string[] = [];
    for (let column = 0; column < columns; column += 1) cells.push(cell(column));
    return cells;
  };
  const write = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const [first = [], ...others] = rows;
  const hasHeader = isHeaderRow(first);
  const body = hasHeader ? others : rows;
  const titles = (hasHeader ? first : []).map(({ children }) => cellMarkdown(children, anchors));
  const aligned = body.length > 0 ? body : rows;
  return [
    write(full((column) => titles[column] ?? '')),
    write(full((column) => RULES[alignOf(aligned, column) ?? 'left'])),
    ...body.map((row) =>
      write(row.map(({ header, children }) => cellMarkdown(header ? bold(children) : children, anchors))),
    ),
  ];
}
