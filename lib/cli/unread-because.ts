import { systemCode } from '../store/store-failure.js';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EISDIR: 'it is a folder',
  ENOTDIR: 'it would be in something that is no folder',
  EACCES: 'its permissions are against it',
};

/** What follows "cannot be read" of a file. */
export const unreadBecause = (cause: unknown): string => {
  const code = systemCode(cause) ?? 'for no known reason';
  const words = WORDS[code];
  return words === undefined ? ` (${code})` : `: ${words}`;
};
