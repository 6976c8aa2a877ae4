/** Items of a listing without repetitions: of equal ids the one of the highest version stays, in first place. */
export const uniqueById = <T extends { readonly id: string; readonly version?: number }>(
  items: Iterable<T>,
): T[] => {
  const byId = new Map<string, T>();
  for (const item of items) {
    const known = byId.get(item.id);
    if (known === undefined || (item.version ?? 0) > (known.version ?? 0)) byId.set(item.id, item);
  }
  return [...byId.values()];
};

/** Cuts a list into chunks of at most `size`. */
export const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
