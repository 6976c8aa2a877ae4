/** How many letters must be added, dropped, changed or swapped with their neighbour to make one word of the other. */
const distance = (from: string, to: string): number => {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= from.length; row += 1) {
    const costs = [row];
    rows.push(costs);
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      costs.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (isSame ? 0 : 1),
          isSwap ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(from.length, to.length);
};

const isBeginning = (word: string, candidate: string): boolean =>
  word.length >= 3 && candidate.toLowerCase().startsWith(word);

/** The candidate that was probably meant by a misspelt or cut word; undefined when none is near. */
export const closest = (word: string, candidates: readonly string[]): string | undefined => {
  const lower = word.toLowerCase();
  const ranked = candidates
    .map((candidate) => ({ candidate, cost: distance(lower, candidate.toLowerCase()) }))
    .sort((one, other) => one.cost - other.cost);
  const [best] = ranked;
  const isNear = best !== undefined && best.cost <= Math.max(1, Math.floor(word.length / 3));
  return isNear ? best.candidate : candidates.find((candidate) => isBeginning(lower, candidate));
};
