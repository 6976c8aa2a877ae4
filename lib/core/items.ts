/** Items that may be worked out only when they are asked for; each iteration asks anew. */
export interface Items<T> extends Iterable<T> {
  readonly length: number;
}

/** Those of one list, then those of the other. */
export const joinItems = <T>(first: Items<T>, second: Items<T>): Items<T> => ({
  length: first.length + second.length,
  *[Symbol.iterator]() {
    yield* first;
    yield* second;
  },
});

/** Those that are meant. */
export const filterItems = <T>(items: Items<T>, isMeant: (item: T) => boolean): Items<T> => {
  let length = 0;
  for (const item of items) if (isMeant(item)) length += 1;
  return {
    length,
    *[Symbol.iterator]() {
      for (const item of items) if (isMeant(item)) yield item;
    },
  };
};
