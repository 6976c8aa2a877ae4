import { stripVTControlCharacters } from 'node:util';
import type { Terminal } from '../terminal.js';

/** Lines at the bottom of a terminal that are drawn over and over; what else is said scrolls away above them. */
export interface LiveBlock {
  readonly draw: (lines: readonly string[]) => void;
  /** Writes a line above the block. */
  readonly above: (text: string) => void;
  readonly clear: () => void;
}

const ESC = '\u001b[';

/**
 * Makes a live block. Its lines must be narrower than the terminal, and of characters of one column each. After a resize
 * a terminal has wrapped the lines that stand there: their rows are counted anew before they are cleared.
 */
export const liveBlock = ({ err, columns, rows }: Pick<Terminal, 'err' | 'columns' | 'rows'>): LiveBlock => {
  let shown: readonly string[] = [];
  const height = (): number =>
    shown.reduce((sum, line) => {
      const width = stripVTControlCharacters(line).length;
      return sum + Math.max(1, Math.ceil(width / Math.max(1, columns())));
    }, 0);
  const clearing = (): string => {
    if (shown.length === 0) return '';
    const up = Math.min(height(), rows() || Infinity) - 1;
    return `\r${up > 0 ? `${ESC}${up}A` : ''}${ESC}J`;
  };
  const redraw = (lines: readonly string[], text = ''): void => {
    const room = (rows() || Infinity) - 1;
    const before = clearing();
    shown = lines.slice(-Math.max(1, room));
    err(before + text + shown.join('\n'));
  };
  return {
    draw: redraw,
    above: (text) => redraw(shown, `${text}\n`),
    clear: () => redraw([]),
  };
};
