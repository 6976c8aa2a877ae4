import { type Content, idNumber } from '../wiki/model.js';

export type SortKey = readonly (string | number)[];

/** How a listing is sorted. The last part of the key tells equal items apart. */
export interface Order<T> {
  readonly keyOf: (item: T) => SortKey;
  /** 1 ascending, -1 descending, for each part of the key. */
  readonly directions: readonly (1 | -1)[];
}

/** Compares two keys: negative when the first comes first. */
export const compareKeys = (one: SortKey, other: SortKey, directions: readonly (1 | -1)[]): number => {
  for (const [index, direction] of directions.entries()) {
    const left = one[index] ?? 0;
    const right = other[index] ?? 0;
    if (left < right) return -direction;
    if (left > right) return direction;
  }
  return 0;
};

const FIELDS: Readonly<Record<string, (content: Content) => string | number>> = {
  'created-date': (content) => content.createdAt,
  'modified-date': (content) => content.modifiedAt,
  title: (content) => content.title.toLowerCase(),
};

/** The order that a v2 `sort` value asks for: `id`, `-modified-date` and so on. */
export const contentOrder = (sort: string): Order<Content> => {
  const direction = sort.startsWith('-') ? -1 : 1;
  const field = FIELDS[sort.replace(/^-/, '')];
  if (field === undefined) return { keyOf: (content) => [idNumber(content.id)], directions: [direction] };
  return { keyOf: (content) => [field(content), idNumber(content.id)], directions: [direction, direction] };
};

const isSorted = <T>({ keyOf, directions }: Order<T>, items: readonly T[]): boolean => {
  let before: SortKey = [];
  for (const item of items) {
    const key = keyOf(item);
    if (before.length > 0 && compareKeys(before, key, directions) > 0) return false;
    before = key;
  }
  return true;
};

/** The items in order; each key is computed once. Costs no memory when they are in order already. */
export const sortBy = <T>(order: Order<T>, items: readonly T[]): readonly T[] =>
  isSorted(order, items) ? items : sortByKey(order, items);

const sortByKey = <T>(order: Order<T>, items: readonly T[]): readonly T[] =>
  items
    .map((item) => ({ item, key: order.keyOf(item) }))
    .sort((one, other) => compareKeys(one.key, other.key, order.directions))
    .map(({ item }) => item);
