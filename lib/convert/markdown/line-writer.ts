/** Prefixes do not grow beyond this: what is nested deeper stands beside what it is in. */
const WIDEST_PREFIX = 32;

/** Lines of Markdown, each after the prefixes of the blocks around it. */
export class LineWriter {
  readonly #lines: string[] = [];
  #prefix = '';
  #first: string | undefined;

  line(text: string): void {
    const prefix = this.#first ?? this.#prefix;
    const shown = text.trimEnd();
    this.#lines.push(shown === '' ? prefix.trimEnd() : prefix + shown);
    this.#first = undefined;
  }

  /** Lines whose trailing white space counts. */
  literal(text: string): void {
    for (const line of text.split('\n')) {
      const prefix = this.#first ?? this.#prefix;
      this.#lines.push(line === '' ? prefix.trimEnd() : prefix + line);
      this.#first = undefined;
    }
  }

  lines(text: string): void {
    for (const line of text.split('\n')) this.line(line);
  }

  /** Writes `body` with a prefix: `first` on its first line, `rest` on the others. */
  indented(first: string, rest: string, body: () => void): void {
    const outer = this.#prefix;
    this.#first = (this.#first ?? outer) + first;
    if (outer.length < WIDEST_PREFIX) this.#prefix = outer + rest;
    body();
    this.#flush();
    this.#prefix = outer;
  }

  /** An empty line for a prefix that nothing has used. */
  #flush(): void {
    if (this.#first !== undefined) this.line('');
  }

  toString(): string {
    return this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`;
  }
}
