import { setImmediate } from 'node:timers/promises';
import { ClassicLevel } from 'classic-level';
import { levelCode, RefusedByLevel } from './level-error.js';
import { checkedValue, withChecksum } from './row-checksum.js';
import type { Change, OpenRows, Rows } from './rows.js';
import { tryWriting } from './try-writing.js';

/** Rows that are read from the disk at once. */
const CHUNK = 1000;
/** What an iterator holds in memory. */
const CHUNK_BYTES = 256 * 1024;
/** Two of these may be in memory, of each database. */
const WRITE_BUFFER_BYTES = 2 * 1024 * 1024;
const CACHE_BYTES = 4 * 1024 * 1024;
/**
 * `getSync` of classic-level 3.0.0 encodes a text into a buffer that it keeps, and takes a key that ends there within a
 * character for a shorter one, which it does not find.
 */
const BY_BYTES = { keyEncoding: 'buffer', valueEncoding: 'utf8' } as const;
/** The keys that begin with an ASCII prefix. */
const rangeOf = (prefix: string): { gte?: string; lt?: string } =>
  prefix === ''
    ? {}
    : {
        gte: prefix,
        lt: prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1),
      };

/** What LevelDB could not write is tried beside its files. */
const withReason = (location: string, error: unknown): unknown => {
  if (levelCode(error) !== 'LEVEL_IO_ERROR') return error;
  const reason = tryWriting(location, WRITE_BUFFER_BYTES);
  return reason === undefined ? error : new RefusedByLevel(error, reason);
};

type Entry = readonly [key: string, value: string];

interface Chunked<T> {
  nextv: (size: number) => Promise<T[]>;
  close: () => Promise<void>;
}

/** All that an iterator tells; the next rows are read from the disk while the last ones are worked on. Closes it. */
async function* chunksOf<T>(iterator: Chunked<T>): AsyncGenerator<readonly T[]> {
  const read = (): Promise<T[]> => {
    const rows = iterator.nextv(CHUNK);
    // Whoever gives up early does not wait for it.
    rows.catch(() => undefined);
    return rows;
  };
  try {
    let next = read();
    for (let rows = await next; rows.length > 0; rows = await next) {
      next = read();
      yield rows;
    }
  } finally {
    await iterator.close();
  }
}

interface Waiting {
  readonly changes: readonly Change[];
  readonly isDurable: boolean;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Rows in LevelDB, each with a checksum over its key and value; a damaged one is as good as none. */
class LevelRows implements Rows {
  readonly #level: ClassicLevel;
  readonly #location: string;
  readonly #id: string;
  /** What is not written yet, by key. */
  readonly #fresh = new Map<string, string | undefined>();
  /** What was read last, until something is written: whoever asks does so several times in a row. */
  #recent: { readonly key: string; readonly value: string | undefined } | undefined;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  constructor(level: ClassicLevel, location: string, id: string) {
    this.#level = level;
    this.#location = location;
    this.#id = id;
  }

  get(key: string): string | undefined {
    if (this.#fresh.has(key)) return this.#fresh.get(key);
    if (this.#recent?.key === key) return this.#recent.value;
    const text = this.#level.getSync(Buffer.from(key), BY_BYTES);
    const value = text === undefined ? undefined : checkedValue(this.#id, key, text);
    this.#recent = { key, value };
    return value;
  }

  async *entries(prefix = ''): AsyncGenerator<readonly Entry[]> {
    await this.#settle();
    const iterator = this.#level.iterator({ ...rangeOf(prefix), highWaterMarkBytes: CHUNK_BYTES });
    for await (const rows of chunksOf(iterator))
      yield rows.flatMap(([key, text]): Entry[] => {
        const value = checkedValue(this.#id, key, text);
        return value === undefined ? [] : [[key, value]];
      });
  }

  async *keys(prefix = ''): AsyncGenerator<string> {
    await this.#settle();
    const iterator = this.#level.keys({ ...rangeOf(prefix), highWaterMarkBytes: CHUNK_BYTES });
    for await (const keys of chunksOf(iterator)) yield* keys;
  }

  write(changes: readonly Change[], { isDurable = false } = {}): Promise<void> {
    for (const [key, value] of changes) this.#fresh.set(key, value);
    this.#recent = undefined;
    return new Promise((done, failed) => {
      this.#waiting.push({ changes, isDurable, done, failed });
      this.#writing ??= this.#writeWaiting();
    });
  }

  async close(): Promise<void> {
    await this.#settle();
    await this.#level.close();
  }

  async #settle(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #writeWaiting(): Promise<void> {
    // What is asked for in the same turn goes out together.
    await setImmediate();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      await this.#writeGroup(group);
    }
    this.#writing = undefined;
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    const last = new Map(group.flatMap(({ changes }) => changes));
    const failure = await this.#writeBatch(
      last,
      group.some(({ isDurable }) => isDurable),
    ).then(
      () => undefined,
      (error: unknown) => ({ error: withReason(this.#location, error) }),
    );
    for (const [key, value] of last) if (this.#fresh.get(key) === value) this.#fresh.delete(key);
    for (const { done, failed } of group)
      if (failure === undefined) done();
      else failed(failure.error);
  }

  async #writeBatch(changes: ReadonlyMap<string, string | undefined>, isDurable: boolean): Promise<void> {
    const batch = this.#level.batch();
    for (const [key, value] of changes)
      if (value === undefined) batch.del(key);
      else batch.put(key, withChecksum(this.#id, key, value));
    await batch.write({ sync: isDurable });
  }
}

/**
 * Opens the database in a directory; makes it if there is none.
 * @throws Error of LevelDB; `levelCode` tells what is wrong
 */
export const openLevelRows: OpenRows = async (location, id) => {
  const level = new ClassicLevel(location, {
    cacheSize: CACHE_BYTES,
    writeBufferSize: WRITE_BUFFER_BYTES,
  });
  try {
    await level.open();
  } catch (error) {
    throw withReason(location, error);
  }
  return new LevelRows(level, location, id);
};
