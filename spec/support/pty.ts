import { spawn, type IPty } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { BIN } from './e2e.js';
import { screenHtml } from './screen-html.js';

export interface PtyOptions {
  readonly columns: number;
  readonly rows?: number;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The built `rxsync` on a terminal: what it writes is drawn as a terminal would draw it. */
export class Pty {
  readonly #pty: IPty;
  readonly #screen;
  readonly #waiting = new Set<() => void>();
  /** All that was written, as it came. */
  raw = '';
  /** The exit code. */
  readonly exit: Promise<number>;

  constructor(args: readonly string[], { columns, rows = 24, cwd, env = {} }: PtyOptions) {
    this.#screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 10_000 });
    this.#pty = spawn(process.execPath, [BIN, ...args], {
      cols: columns,
      rows,
      ...(cwd !== undefined && { cwd }),
      env: { PATH: process.env.PATH, TERM: 'xterm-256color', ...env },
    });
    this.#pty.onData((text) => {
      this.raw += text;
      this.#screen.write(text, () => this.#waiting.forEach((look) => look()));
    });
    this.exit = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) => this.#screen.write('', () => resolve(exitCode)));
    });
  }

  /** The lines of the screen and of what has scrolled away, without the empty ones at the end. */
  lines(): string[] {
    const { active } = this.#screen.buffer;
    const lines = Array.from(
      { length: active.length },
      (_, row) => active.getLine(row)?.translateToString(true) ?? '',
    );
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  }

  /** What is drawn, with its colours, from the first line to the last that is not empty. */
  html(): string {
    return screenHtml(this.#screen.buffer.active, this.lines().length);
  }

  /** Resolves to the lines as soon as one of them matches. */
  until(pattern: RegExp): Promise<string[]> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.lines().some((line) => pattern.test(line))) return;
        this.#waiting.delete(look);
        resolve(this.lines());
      };
      this.#waiting.add(look);
      look();
    });
  }

  type(keys: string): void {
    this.#pty.write(keys);
  }

  resize(columns: number, rows = 24): void {
    this.#screen.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }
}
