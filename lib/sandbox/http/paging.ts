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

/**
 * `empty`: no items but a `next`; `duplicate`: begins with the item before; `repeat`: `next` leads back here; `short`: few
 * items, or none, and a `next`; `half`: ends half-way; `swap`: the first item gives way to the last of the page before, and
 * the total shrinks. After the last page, `same-cursor-end`: an empty one whose `next` is the cursor just used;
 * `endless-empty`: empty ones, `endless-repeat`: the last items again, with ever new cursors.
 */
export type PagingStyle =
  | 'empty'
  | 'duplicate'
  | 'repeat'
  | 'short'
  | 'half'
  | 'swap'
  | 'same-cursor-end'
  | 'endless-empty'
  | 'endless-repeat';

/** Which page of a listing is asked for. */
export interface PageRequest {
  readonly limit: number;
  /** The cursor as the client sent it. */
  readonly cursor: string | undefined;
  /** What must not change during a walk: path, filters, sort. */
  readonly query: string;
  /** In what ways it is other than whole and in order. */
  readonly styles?: readonly PagingStyle[] | undefined;
}

/** One page of a listing. */
export interface Page<T> {
  readonly results: readonly T[];
  /** The cursor of the next page; undefined on the last. */
  readonly next: string | undefined;
  /** How many items the listing claims to have. */
  readonly total: number;
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

/** The same with most pages cut short: a tenth, nothing, then what was asked for. */
const shortShare = (page: number, limit: number): number =>
  page % 3 === 2 ? limit : page % 3 === 1 ? 0 : Math.ceil(limit / 10);

interface Window {
  readonly from: number;
  readonly to: number;
}

/** The items of a window, as the styles have them. */
const itemsOf = <T>(
  items: readonly T[],
  { from, to }: Window,
  styles: readonly PagingStyle[],
): readonly T[] => {
  if (styles.includes('duplicate')) return items.slice(Math.max(0, from - 1), to);
  const found = items.slice(from, to);
  if (styles.includes('endless-repeat') && found.length === 0)
    return items.slice(Math.max(0, from - (to - from)));
  if (styles.includes('swap') && from > 0 && found.length > 0)
    return [...items.slice(from - 1, from), ...found.slice(1)];
  return found;
};

/** The cursor after the last page, when there is one all the same; `fresh` leads to where the listing ended. */
const afterEnd = (
  styles: readonly PagingStyle[],
  isEmpty: boolean,
  used: string | undefined,
  fresh: string,
): string | undefined => {
  if (styles.includes('endless-empty') || styles.includes('endless-repeat')) return fresh;
  if (!styles.includes('same-cursor-end')) return undefined;
  return isEmpty ? used : fresh;
};

/** Cuts one page out of sorted items. A cursor that is garbage or of another query is answered 400. */
export const paginate = <T>(all: readonly T[], order: Order<T>, request: PageRequest): Page<T> => {
  const { limit, cursor, styles = [] } = request;
  const query = hash32(request.query);
  const { key, page } = decode(cursor, query);
  const items = styles.includes('half') ? all.slice(0, Math.ceil(all.length / 2)) : all;
  const from = key === null ? 0 : after(items, order, key);
  const size = styles.includes('short') ? shortShare(page, limit) : share(page, limit);
  const to = from + (styles.includes('empty') ? 0 : size);
  const last = items.slice(from, to).at(-1);
  const results = itemsOf(items, { from, to }, styles);
  const total = Math.max(0, items.length - (styles.includes('swap') ? page : 0));
  if (styles.includes('repeat')) return { results, next: cursor, total };
  const fresh = encode({ key: last === undefined ? key : order.keyOf(last), page: page + 1, query });
  const next = to < items.length ? fresh : afterEnd(styles, last === undefined, cursor, fresh);
  return { results, next, total };
};
