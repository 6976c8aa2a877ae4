const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes in decimal units: `18 MB`, `1.2 GB`. */
export const humanBytes = (bytes: number): string => {
  let [value, power] = [bytes, 0];
  // From 999.5 on it would be rounded up to 1000 of its unit.
  while (value >= 999.5 && power < UNITS.length - 1) [value, power] = [value / 1000, power + 1];
  return `${power === 0 || value >= 9.95 ? Math.round(value) : value.toFixed(1)} ${UNITS[power] ?? ''}`;
};

/** A duration as `0:41` or `1:02:03`. */
export const humanDuration = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};

/** A count with thousands separated: `12,345`. */
export const humanCount = (count: number): string => count.toLocaleString('en-US');

/** A count with its noun: `1 page`, `12,345 pages`. */
export const quantity = (count: number, noun: string): string =>
  `${humanCount(count)} ${noun}${count === 1 ? '' : 's'}`;
