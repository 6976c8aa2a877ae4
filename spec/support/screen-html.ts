import type { IBuffer, IBufferCell } from '@xterm/headless';

/** The first eight colours of a terminal. */
const COLORS = ['#484f58', '#ff7b72', '#7ee787', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#c9d1d9'];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const styleOf = (cell: IBufferCell): string =>
  [
    ...(cell.isFgPalette() ? [`color:${COLORS[cell.getFgColor()]}`] : []),
    ...(cell.isBold() ? ['font-weight:bold'] : []),
    ...(cell.isDim() ? ['opacity:.6'] : []),
  ].join(';');

const cellHtml = (cell: IBufferCell): string => {
  const text = (cell.getChars() || ' ').replaceAll(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);
  const style = styleOf(cell);
  return style === '' ? text : `<span style="${style}">${text}</span>`;
};

/** The first lines of what a terminal shows, as the content of a `pre`. */
export const screenHtml = (buffer: IBuffer, lineCount: number): string =>
  Array.from({ length: lineCount }, (_, row) => {
    const line = buffer.getLine(row);
    const cells = Array.from({ length: line?.length ?? 0 }, (_each, column) => line?.getCell(column));
    return cells.map((cell) => (cell === undefined ? '' : cellHtml(cell))).join('');
  }).join('\n');
