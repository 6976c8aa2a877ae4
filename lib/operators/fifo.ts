interface Entry<T> {
  readonly value: T;
  next: Entry<T> | undefined;
}

/** First-in first-out queue: every operation costs the same however long the queue is. */
export class Fifo<T> {
  #first: Entry<T> | undefined;
  #last: Entry<T> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(value: T): void {
    const entry: Entry<T> = { value, next: undefined };
    if (this.#last === undefined) this.#first = entry;
    else this.#last.next = entry;
    this.#last = entry;
    this.#size += 1;
  }

  /** Removes the oldest entry; undefined when empty. */
  shift(): { readonly value: T } | undefined {
    const entry = this.#first;
    if (entry === undefined) return undefined;
    this.#first = entry.next;
    if (this.#first === undefined) this.#last = undefined;
    this.#size -= 1;
    return entry;
  }

  clear(): void {
    this.#first = undefined;
    this.#last = undefined;
    this.#size = 0;
  }
}
