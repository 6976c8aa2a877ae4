const ASCII = /^[ -~]*$/;

/** Whether `text` is of printable ASCII alone, where much is known without a look at Unicode. */
export const isAscii = (text: string): boolean => ASCII.test(text);

const codePointBytes = (codePoint: number): number =>
  codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;

/** Length of `text` in bytes of UTF-8. */
export const utf8Length = (text: string): number => {
  if (isAscii(text)) return text.length;
  let bytes = 0;
  for (const character of text) bytes += codePointBytes(character.codePointAt(0) ?? 0);
  return bytes;
};

/** The longest start of `text` that fits into `maxBytes` bytes of UTF-8, cut between characters. */
export const cutUtf8 = (text: string, maxBytes: number): string => {
  if (isAscii(text)) return text.slice(0, Math.max(0, maxBytes));
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += codePointBytes(character.codePointAt(0) ?? 0);
    if (bytes > maxBytes) return text.slice(0, end);
    end += character.length;
  }
  return text;
};
