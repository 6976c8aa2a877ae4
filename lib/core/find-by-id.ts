import { compareIds } from './compare-ids.js';

/** The item with the id, among items in ascending order of ids. */
export const findById = <T extends { readonly id: string }>(
  sorted: readonly T[],
  id: string,
): T | undefined => {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const item = sorted[middle];
    if (item === undefined || item.id === id) return item;
    if (compareIds(item.id, id) < 0) from = middle + 1;
    else to = middle;
  }
  return undefined;
};
