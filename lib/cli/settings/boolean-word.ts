const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', '0'].map((word) => [word, false] as const),
]);

/** What a word means as a boolean, in any case; undefined when it is none. */
export const booleanOf = (word: string): boolean | undefined => WORDS.get(word.toLowerCase());

/** What a boolean must be, to follow "must". */
export const BOOLEAN_RULE = 'be true or false (yes or no, on or off, 1 or 0)';
