/** What two streams have under one key. */
export interface Pair<A, B> {
  readonly key: string;
  readonly left?: A;
  readonly right?: B;
}

/** Joins two streams that ascend by their keys, with one pass over each. */
export async function* mergeByKey<A extends { readonly key: string }, B extends { readonly key: string }>(
  left: AsyncIterable<A>,
  right: AsyncIterable<B>,
): AsyncGenerator<Pair<A, B>> {
  const [lefts, rights] = [left[Symbol.asyncIterator](), right[Symbol.asyncIterator]()];
  try {
    let [a, b] = [await lefts.next(), await rights.next()];
    while (a.done !== true || b.done !== true) {
      const isLeft = a.done !== true && (b.done === true || a.value.key <= b.value.key);
      const isRight = b.done !== true && (a.done === true || b.value.key <= a.value.key);
      const key = a.done !== true && isLeft ? a.value.key : b.done === true ? '' : b.value.key;
      yield {
        key,
        ...(a.done !== true && isLeft && { left: a.value }),
        ...(b.done !== true && isRight && { right: b.value }),
      };
      if (isLeft) a = await lefts.next();
      if (isRight) b = await rights.next();
    }
  } finally {
    await lefts.return?.();
    await rights.return?.();
  }
}
