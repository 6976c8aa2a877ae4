/**
 * A function of a text that remembers at least so many of its last results, and at most twice as many: to let go of them one by
 * one, a Map would be gone through again and again.
 */
export const memoize = <T>(work: (key: string) => T, least: number): ((key: string) => T) => {
  type Results = Map<string, { readonly result: T }>;
  let recent: Results = new Map();
  let older: Results = new Map();
  return (key) => {
    const known = recent.get(key) ?? older.get(key) ?? { result: work(key) };
    if (recent.size >= least && !recent.has(key)) {
      older = recent;
      recent = new Map();
    }
    recent.set(key, known);
    return known.result;
  };
};
