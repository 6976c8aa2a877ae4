import { crc32 } from 'node:zlib';

const DIGITS = 7;

/** The id of a mirror goes into it: rows of another one are no rows here. */
const checksum = (id: string, key: string, value: string): string =>
  crc32(value, crc32(`${id}\n${key}\n`))
    .toString(36)
    .padStart(DIGITS, '0');

/** What stands for a value on disk: LevelDB's own checksums are of its blocks, and it looks at them in its log only. */
export const withChecksum = (id: string, key: string, value: string): string =>
  checksum(id, key, value) + value;

/** The value that stands on disk; undefined when it is not as it was written for this mirror. */
export const checkedValue = (id: string, key: string, text: string): string | undefined => {
  const value = text.slice(DIGITS);
  return text.slice(0, DIGITS) === checksum(id, key, value) ? value : undefined;
};
