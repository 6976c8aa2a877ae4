import type { Terminal } from '../../lib/cli/terminal.js';

export interface FakeTerminal extends Terminal {
  /** What was written so far. */
  readonly written: { out: string; err: string };
  /** Gives it another size. */
  readonly resize: (columns: number) => void;
}

/** A terminal that keeps what is written to it. */
export const fakeTerminal = ({ isErrTty = false, columns = 80, rows = 24 } = {}): FakeTerminal => {
  const written = { out: '', err: '' };
  const listeners = new Set<() => void>();
  let width = columns;
  return {
    written,
    out: (text) => (written.out += text),
    err: (text) => (written.err += text),
    isOutTty: false,
    isErrTty,
    columns: () => width,
    rows: () => rows,
    onResize: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    resize: (wanted) => {
      width = wanted;
      listeners.forEach((listener) => listener());
    },
  };
};
