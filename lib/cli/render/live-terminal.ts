import { stripVTControlCharacters } from 'node:util';
import type { Terminal } from '../terminal.js';

/** Lines at the bottom of a terminal that are drawn over and over. */
export interface LiveLines {
  /** Draws these in place of those before. */
  readonly draw: (lines: readonly string[]) => void;
  readonly clear: () => void;
}

/** A terminal whatever is written to scrolls away above live lines. Texts end with their line. */
export interface LiveTerminal extends Terminal {
  /** Opens live lines, below those that are there. */
  readonly openLines: () => LiveLines;
}

const ESC = '\u001b[';

/**
 * Makes a terminal with live lines. They must be narrower than the terminal, and of characters of one column each. After a resize
 * a terminal has wrapped the lines that stand there: their rows are counted anew before they are cleared.
 */
export const liveTerminal = (terminal: Terminal): LiveTerminal => {
  const { columns, rows } = terminal;
  const sections = new Set<{ lines: readonly string[] }>();
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
  const redraw = (): void => {
    const before = clearing();
    const room = (rows() || Infinity) - 1;
    shown = [...sections].flatMap(({ lines }) => lines).slice(-Math.max(1, room));
    const text = before + shown.join('\n');
    if (text !== '') terminal.err(text);
  };
  return {
    ...terminal,
    out: (text) => {
      const isAbove = terminal.isOutTty && shown.length > 0;
      if (isAbove) terminal.err(clearing());
      terminal.out(text);
      if (isAbove) terminal.err(shown.join('\n'));
    },
    err: (text) => terminal.err(clearing() + text + shown.join('\n')),
    openLines: () => {
      const section: { lines: readonly string[] } = { lines: [] };
      sections.add(section);
      return {
        draw: (lines) => {
          section.lines = lines;
          redraw();
        },
        clear: () => {
          sections.delete(section);
          if (section.lines.length > 0) redraw();
        },
      };
    },
  };
};
