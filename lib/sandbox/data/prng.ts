/** A seeded source of pseudo-random numbers: the same seed gives the same sequence on every machine. */
export interface Prng {
  /** Next number, at least 0 and below 1. */
  next(): number;
  /** Next integer, at least 0 and below `end`. */
  int(end: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One of the items; throws RangeError when there is none. */
  pick<T>(items: readonly T[]): T;
}

/** The item at `index`, counted round the end; throws RangeError for an empty list. */
export const itemAt = <T>(items: readonly T[], index: number): T => {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('No item to choose from');
  return item;
};

/** Creates a mulberry32 generator. */
export const createPrng = (seed: number): Prng => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (end: number): number => Math.floor(next() * end);
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (items) => itemAt(items, int(items.length)),
  };
};

/** Hashes values to 32 bits (FNV-1a): equal values, equal hash. */
export const hash32 = (...values: readonly (string | number)[]): number => {
  let hash = 0x811c9dc5;
  const text = values.join('\u001f');
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};

const hex8 = (value: number): string => value.toString(16).padStart(8, '0');

/** A UUID that depends on the given values only. */
export const uuidOf = (...values: readonly (string | number)[]): string => {
  const hex = [1, 2, 3, 4].map((part) => hex8(hash32(part, ...values))).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};
