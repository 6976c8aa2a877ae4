const MOST = { toc: 2, content: 50 };

/** Limits what a page may repeat or bring in from outside, so that repeating a macro cannot swell the result. */
export class Expansions {
  readonly #left = { ...MOST };

  /** Whether one more of this kind may; counts it. */
  take(kind: keyof typeof MOST): boolean {
    this.#left[kind] -= 1;
    return this.#left[kind] >= 0;
  }
}
