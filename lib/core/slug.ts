import { cutUtf8, isAscii } from './utf8.js';

export const MAX_SLUG_BYTES = 80;

// Letters and marks that nobody sees, such as variation selectors and fillers: two names must not differ by them alone.
const INVISIBLE = /(?=[\p{L}\p{M}])\p{Default_Ignorable_Code_Point}/gu;
// Marks belong to the letter before them: without them Hindi or Thai titles would fall to pieces.
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

const ASCII_WORD = /[a-z0-9]+/g;

const wordsOf = (title: string): readonly string[] | null =>
  isAscii(title)
    ? title.toLowerCase().match(ASCII_WORD)
    : title.replace(INVISIBLE, '').normalize('NFC').toLowerCase().normalize('NFC').match(WORD);

/**
 * A title as a file name: Unicode NFC, lower case, runs of anything but letters and digits become `-`, at most
 * `maxBytes` bytes of UTF-8. Empty when the title has neither letters nor digits.
 */
export const slugify = (title: string, maxBytes = MAX_SLUG_BYTES): string => {
  const words = wordsOf(title) ?? [];
  return cutUtf8(words.join('-'), maxBytes).replace(/-+$/, '');
};
