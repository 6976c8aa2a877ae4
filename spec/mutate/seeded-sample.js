/** A generator of numbers from 0 to 1, the same for the same seed (mulberry32). */
const randomOf = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/**
 * `count` of the items, the same ones for the same seed and items.
 *
 * @template T
 * @param {readonly T[]} items
 * @param {{ seed: number, count: number }} options
 * @returns {T[]}
 */
export const seededSample = (items, { seed, count }) => {
  const random = randomOf(seed);
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ item }) => item);
};
