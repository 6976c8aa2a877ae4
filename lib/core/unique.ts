interface Item {
  readonly id: string;
  readonly version?: number;
}

/** Puts items in by their ids: of equal ones the one of the highest version stays, in first place. */
export const keepNewest = <T extends Item>(byId: Map<string, T>, items: Iterable<T>): void => {
  for (const item of items) {
    const known = byId.get(item.id);
    if (known === undefined || (item.version ?? 0) > (known.version ?? 0)) byId.set(item.id, item);
  }
};

/** Items of a listing without repetitions, as {@link keepNewest} keeps them. */
export const uniqueById = <T extends Item>(items: Iterable<T>): T[] => {
  const byId = new Map<string, T>();
  keepNewest(byId, items);
  return [...byId.values()];
};

/** Cuts a list into chunks of at most `size`. */
export const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
