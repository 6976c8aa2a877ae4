/** A list of numbers from the environment, such as seeds: `RXSYNC_WALK_SEEDS=1,2,3`. */
export const numbersFromEnv = (name: string, fallback: readonly number[]): readonly number[] => {
  const text = process.env[name];
  return text === undefined || text === '' ? fallback : text.split(',').map(Number);
};

/** One number from the environment. */
export const numberFromEnv = (name: string, fallback: number): number =>
  numbersFromEnv(name, [fallback])[0] ?? fallback;

/**
 * Of a large table every `n`th row, spread over all of it; `npm run test:long` takes them all.
 * @default every eighth; `name` in the environment, `RXSYNC_TABLE_STEP`
 */
export const someRows = <T>(rows: readonly T[], n = 8, name = 'RXSYNC_TABLE_STEP'): readonly T[] => {
  const step = numberFromEnv(name, n);
  return rows.filter((_, index) => index % step === 0);
};
