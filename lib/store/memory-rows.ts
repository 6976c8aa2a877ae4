import type { Change, Rows } from './rows.js';

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Rows that are gone with the process. */
export const memoryRows = (entries = new Map<string, string>()): Rows => {
  const inOrder = (prefix = '') => [...entries].filter(([key]) => key.startsWith(prefix)).sort(byKey);
  return {
    get: (key) => entries.get(key),
    async *entries(prefix) {
      yield await Promise.resolve(inOrder(prefix));
    },
    async *keys(prefix) {
      yield* await Promise.resolve(inOrder(prefix).map(([key]) => key));
    },
    write: (changes: readonly Change[]) => {
      for (const [key, value] of changes)
        if (value === undefined) entries.delete(key);
        else entries.set(key, value);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
};
