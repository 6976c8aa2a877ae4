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

function ownAlign({ attributes }: StorageElement): Align | undefined {
  const value = ALIGN.exec(attributes.style ?? '')?.[1] ?? attributes.align;
  if (value === 'center') return 'center';
  return value === 'right' || value === 'end' ? 'right' : undefined;
}

/** The alignment of a cell, or the one of all that stands in it. */
function alignOf(element: StorageElement): Align | undefined {
  const [first, ...others] = element.children.filter(isElement).map(ownAlign);
  return ownAlign(element) ?? (others.every((each) => each === first) ? first : undefined);
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

const cells = (row: StorageElement, scope: Scope): readonly TableCell[] =>
  row.children.flatMap((child) => (isNamed(child, CELLS) ? [cell(child, scope)] : strayCell(child, scope)));

function rows(element: StorageElement, scope: Scope): readonly (readonly TableCell[])[] {
  return element.children.flatMap((child) => {
    if (isNamed(child, GROUPS)) return rows(child, scope);
    if (isNamed(child, ROW)) return [cells(child, scope)];
    return [isNamed(child, CELLS) ? [cell(child, scope)] : strayCell(child, scope)];
  });
}

const table: ElementHandler = (element, scope) => {
  scope.flow.endParagraph();
  scope.walk(element.children.filter((child) => isNamed(child, CAPTION)));
  scope.flow.endParagraph();
  const children = element.children.filter((child) => !isNamed(child, CAPTION));
  const found = rows({ ...element, children }, scope).filter((row) => row.length > 0);
  if (found.some((row) => row.some(({ children }) => children.length > 0)))
    scope.push({ type: 'table', rows: found });
};

/** Tables. Column widths are dropped. */
export const tableElements: readonly (readonly [string, ElementHandler])[] = [['table', table]];
