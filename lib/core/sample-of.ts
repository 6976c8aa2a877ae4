/** So many (two or more) from all over a list, the first and the last among them; all of a shorter one. */
export const sampleOf = <T>(all: readonly T[], size: number): readonly T[] => {
  if (all.length <= size) return all;
  const indices = new Set(
    Array.from({ length: size }, (_, i) => Math.floor((i * (all.length - 1)) / (size - 1))),
  );
  return all.filter((_, index) => indices.has(index));
};
