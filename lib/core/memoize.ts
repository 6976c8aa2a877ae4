/** A function of a text that remembers its last results, so many of them. */
export const memoize = <T>(work: (key: string) => T, most: number): ((key: string) => T) => {
  const known = new Map<string, { readonly result: T }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.result;
    const result = work(key);
    const [oldest] = known.keys();
    if (known.size >= most && oldest !== undefined) known.delete(oldest);
    known.set(key, { result });
    return result;
  };
};
