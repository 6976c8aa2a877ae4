import type { Align, TableCell } from '../document/nodes.js';
import { isElement } from '../parse/storage-node.js';
import type { StorageElement, StorageNode } from '../parse/storage-node.js';
import type { ElementHandler, Scope } from '../scope.js';

const GROUPS = new Set(['thead', 'tbody', 'tfoot']);
const CELLS = new Set(['td', 'th']);
const MAX_SPAN = 1000;

const isNamed = (node: StorageNode, names: ReadonlySet<string>): node is StorageElement =>
  isElement(node) && names.has(node.name);

function span(value: string | undefined, least: number): number {
  const count = Number.parseInt(value ?? '1', 10);
  return count >= least && count <= MAX_SPAN ? count : 1;
}

const ALIGN = /(?:^|;)\s*text-align:\s*(center|right|end)\b/;

function ownAlign({ attributes: { style, align } }: StorageElement): Align | undefined {
  const value = (style === undefined ? undefined : ALIGN.exec(style)?.[1]) ?? align;
  if (value === 'center') return 'center';
  return value === 'right' || value === 'end' ? 'right' : undefined;
}

/** The alignment of a cell, or the one of all that stands in it. */
function alignOf(element: StorageElement): Align | undefined {
  const own = ownAlign(element);
  if (own !== undefined) return own;
  const [first, ...others] = element.children.filter(isElement);
  const align = first === undefined ? undefined : ownAlign(first);
  return align === undefined || others.every((each) => ownAlign(each) === align) ? align : undefined;
}

const cell = (element: StorageElement, scope: Scope): TableCell => ({
  header: element.name === 'th',
  colspan: span(element.attributes.colspan, 1),
  rowspan: span(element.attributes.rowspan, 0),
  align: alignOf(element),
  children: scope.blocks(element.children),
});

const ROW = new Set(['tr']);
const CAPTION = new Set(['caption']);

/** Content that no cell holds gets one of its own, so that it stays in its place. */
function strayCell(node: StorageNode, scope: Scope): readonly TableCell[] {
  const children = scope.blocks([node]);
  return children.length === 0 ? [] : [{ header: false, colspan: 1, rowspan: 1, children }];
}

function cells(nodes: readonly StorageNode[], scope: Scope): readonly TableCell[] {
  const found: TableCell[] = [];
  for (const node of nodes) {
    if (isNamed(node, CELLS)) found.push(cell(node, scope));
    else found.push(...strayCell(node, scope));
  }
  return found;
}

function rows(nodes: readonly StorageNode[], scope: Scope): readonly (readonly TableCell[])[] {
  const found: (readonly TableCell[])[] = [];
  for (const node of nodes) {
    if (isNamed(node, GROUPS)) found.push(...rows(node.children, scope));
    else found.push(cells(isNamed(node, ROW) ? node.children : [node], scope));
  }
  return found.filter((row) => row.length > 0);
}

const table: ElementHandler = (element, scope) => {
  scope.flow.endParagraph();
  scope.walk(element.children.filter((child) => isNamed(child, CAPTION)));
  scope.flow.endParagraph();
  const found = rows(
    element.children.filter((child) => !isNamed(child, CAPTION)),
    scope,
  );
  if (found.some((row) => row.some(({ children }) => children.length > 0)))
    scope.push({ type: 'table', rows: found });
};

/** Tables. Column widths are dropped. */
export const tableElements: readonly (readonly [string, ElementHandler])[] = [['table', table]];
