const NODE_BYTES = 512;
const MEMBER_BYTES = 128;
const CHARACTER_BYTES = 16;

const [QUOTE, BACKSLASH, COMMA] = ['"', '\\', ','].map((each) => each.charCodeAt(0));
const [OPEN_OBJECT, CLOSE_OBJECT] = ['{', '}'].map((each) => each.charCodeAt(0));
const [OPEN_ARRAY, CLOSE_ARRAY] = ['[', ']'].map((each) => each.charCodeAt(0));

/**
 * How much memory an ADF document may take, in bytes, when it is parsed and written with an indent of two spaces: an upper
 * bound that only looks at its characters.
 */
export const adfBytes = (adf: string): number => {
  let bytes = adf.length * CHARACTER_BYTES;
  let depth = 0;
  let isText = false;
  for (let at = 0; at < adf.length; at += 1) {
    const code = adf.charCodeAt(at);
    if (code === QUOTE) isText = !isText;
    else if (code === BACKSLASH) at += 1;
    else if (isText) continue;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      depth += 1;
      bytes += 2 * depth + (code === OPEN_OBJECT ? NODE_BYTES : MEMBER_BYTES);
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) depth -= 1;
    else if (code === COMMA) bytes += 2 * depth + MEMBER_BYTES;
  }
  return bytes;
};
