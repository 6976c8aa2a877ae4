import { isAscii } from './utf8.js';

const DEVICE_NAME = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i;

/** True when Windows takes the name for a device, whatever its extension. */
export const isDeviceName = (name: string): boolean => DEVICE_NAME.test((name.split('.')[0] ?? '').trimEnd());

/**
 * The key under which a case-insensitive, normalizing file system may take two names for one. It merges more than any
 * one of them does: a needless suffix is harmless, a shared path is not.
 */
export const foldName = (name: string): string =>
  isAscii(name)
    ? name.toLowerCase()
    : name.normalize('NFKD').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');

/**
 * Hands out names that differ under {@link foldName}: the wish itself, else `alternative(1)`, `alternative(2)`, …
 * Holds the taken names of one directory.
 */
export const createNamePool = (reserved: Iterable<string> = []) => {
  const taken = new Set<string>([...reserved].map(foldName));
  return (wish: string, alternative: (attempt: number) => string): string => {
    let name = wish;
    let folded = foldName(name);
    for (let attempt = 1; taken.has(folded); attempt += 1) {
      name = alternative(attempt);
      folded = foldName(name);
    }
    taken.add(folded);
    return name;
  };
};
