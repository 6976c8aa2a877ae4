/** A key with its new value; undefined removes it. */
export type Change = readonly [key: string, value: string | undefined];

/** Entries of text by key, on disk, in ascending order of the bytes of their keys. */
export interface Rows {
  /** What was written, be it under way. */
  get(key: string): string | undefined;
  /** Those whose keys begin with the prefix, which ends in ASCII, some at a time. @default all */
  entries(prefix?: string): AsyncIterable<readonly (readonly [key: string, value: string])[]>;
  /** The keys of `entries`, without a look at what they stand for. */
  keys(prefix?: string): AsyncIterable<string>;
  /**
   * Writes all of the changes or none, in the order of the calls. Resolves when a killed process would not lose them;
   * `isDurable`: when a power cut would not. What is asked for while a write is under way goes out with the next one.
   */
  write(changes: readonly Change[], options?: { readonly isDurable?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** Rows that are written in another way. */
export const withWrite = (rows: Rows, write: Rows['write']): Rows => ({
  get: (key) => rows.get(key),
  entries: (prefix) => rows.entries(prefix),
  keys: (prefix) => rows.keys(prefix),
  write,
  close: () => rows.close(),
});

/** Those of what is not there. */
export const noRows: Rows = {
  get: () => undefined,
  entries: () => nothing<readonly (readonly [string, string])[]>(),
  keys: () => nothing<string>(),
  write: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

async function* nothing<T>(): AsyncGenerator<T> {
  yield* await Promise.resolve(new Array<T>());
}

/** Opens the rows of the mirror with that id in a directory; makes them if there are none. */
export type OpenRows = (location: string, id: string) => Promise<Rows>;
