/** Characters that are kept; a page that many include is small beside that. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** The texts of pages that other pages include, by id: those used last, and why others cannot be had. Belongs to one run. */
export class SourceMemo {
  readonly #texts = new Map<string, string>();
  readonly #lost = new Map<string, string>();
  readonly #most: number;
  #characters = 0;

  constructor(most = MOST_CHARACTERS) {
    this.#most = most;
  }

  textOf(id: string): string | undefined {
    const text = this.#texts.get(id);
    if (text !== undefined) {
      this.#texts.delete(id);
      this.#texts.set(id, text);
    }
    return text;
  }

  /** Why the text cannot be had in this run. */
  lossOf(id: string): string | undefined {
    return this.#lost.get(id);
  }

  keep(id: string, text: string): void {
    this.#drop(id);
    this.#texts.set(id, text);
    this.#characters += text.length;
    for (const oldest of this.#texts.keys()) {
      if (this.#characters <= this.#most) break;
      this.#drop(oldest);
    }
  }

  lose(id: string, why: string): void {
    this.#lost.set(id, why);
  }

  #drop(id: string): void {
    this.#characters -= this.#texts.get(id)?.length ?? 0;
    this.#texts.delete(id);
  }
}
