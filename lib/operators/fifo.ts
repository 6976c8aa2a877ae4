/** Entries that have gone are let go of when there are so many of them, and no fewer than are left. */
const MANY = 1024;

/** First-in first-out queue: every operation costs the same, on average, however long the queue is. */
export class Fifo<T> {
  #entries: T[] = [];
  #gone = 0;

  get size(): number {
    return this.#entries.length - this.#gone;
  }

  push(value: T): void {
    this.#entries.push(value);
  }

  /** Removes the oldest entry; undefined when empty. */
  shift(): { readonly value: T } | undefined {
    const [entry] = this.#entries.slice(this.#gone, this.#gone + 1).map((value) => ({ value }));
    if (entry === undefined) return undefined;
    this.#gone += 1;
    if (this.#gone >= MANY && this.#gone >= this.size) {
      this.#entries = this.#entries.slice(this.#gone);
      this.#gone = 0;
    }
    return entry;
  }

  clear(): void {
    this.#entries = [];
    this.#gone = 0;
  }
}
