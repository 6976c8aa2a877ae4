import { HTTPException } from 'hono/http-exception';

import { hash32 } from '../data/prng.js';
import { type Order, type SortKey, compareKeys } from './order.js';

interface Cursor {
  /** Sort key of the last item that was seen, null at the start. */
  readonly key: SortKey | null;
  /** How many pages came before. */
  readonly page: number;
  /** Hash of the query that the cursor belongs to. */
  readonly query: number;
}

/** `empty`: no items but a `next`; `duplicate`: begins with the item before; `repeat`: `next` leads back here. */
export type PagingFault = 'empty' | 'duplicate' | 'repeat';

/** Which page of a listing is asked for. */
export interface PageRequest {
  readonly limit: number;
  /** The cursor as the client sent it. */
  readonly cursor: string | undefined;
  /** What must not change during a walk: path, filters, sort. */
  readonly query: string;
  readonly fault?: PagingFault | undefined;
}

/** One page of a listing. */
export interface Page<T> {
  readonly results: readonly T[];
  /** The cursor of the next page; undefined on the last. */
  readonly next: string | undefined;
}

const encode = ({ key, page, query }: Cursor): string =>
  Buffer.from(JSON.stringify([key, page, query])).toString('base64url');

const isKey = (value: unknown): value is SortKey | null =>
  value === null ||
  (Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number'));

const parse = (text: string): Cursor | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const parts: readonly unknown[] = Array.isArray(value) ? value : [];
    const [key, page, query] = parts;
    return isKey(key) && typeof page === 'number' && typeof query === 'number'
      ? { key, page, query }
      : undefined;
  } catch {
    return undefined;
  }
};

const decode = (text: string | undefined, query: number): Cursor => {
  if (text === undefined) return { key: null, page: 0, query };
  const cursor = parse(text);
  if (cursor?.query === query) return cursor;
  throw new HTTPException(400, {
    message: "Provided value for 'cursor' is not the correct type or does not belong to this request",
  });
};

/** How many items a page carries: now and then fewer than asked, or none, although more follow. */
const share = (page: number, limit: number): number => {
  if (page % 40 === 7) return 0;
  return page % 40 === 4 ? Math.max(1, limit - Math.ceil(limit / 10)) : limit;
};

/** First index whose item comes after the key. */
const after = <T>(items: readonly T[], order: Order<T>, key: SortKey): number => {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && compareKeys(order.keyOf(item), key, order.directions) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Cuts one page out of sorted items. A cursor that is garbage or of another query is answered 400. */
export const paginate = <T>(items: readonly T[], order: Order<T>, request: PageRequest): Page<T> => {
  const query = hash32(request.query);
  const { key, page } = decode(request.cursor, query);
  const from = key === null ? 0 : after(items, order, key);
  const to = from + (request.fault === 'empty' ? 0 : share(page, request.limit));
  const results = items.slice(request.fault === 'duplicate' ? Math.max(0, from - 1) : from, to);
  if (request.fault === 'repeat') return { results, next: request.cursor };
  if (to >= items.length) return { results, next: undefined };
  const last = results.at(-1);
  return {
    results,
    next: encode({ key: last === undefined ? key : order.keyOf(last), page: page + 1, query }),
  };
};
