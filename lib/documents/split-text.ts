/** Where a text that is too long may be cut, the best first. */
const CUTS: readonly RegExp[] = [/\n\n/g, /\n/g, /(?<=[.!?。！？])\s/g, /\s/g];

/** The place of the last match that leaves a part within the bound. */
const lastCut = (text: string, cut: RegExp, most: number): number | undefined => {
  let found: number | undefined;
  for (const match of text.slice(0, most + 1).matchAll(cut)) if (match.index > 0) found = match.index;
  return found;
};

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;

const cutAt = (text: string, most: number): number => {
  for (const cut of CUTS) {
    const found = lastCut(text, cut, most);
    // What leaves the smaller part of a text alone is no good place.
    if (found !== undefined && found >= most / 4) return found;
  }
  return isHighSurrogate(text.charCodeAt(most - 1)) ? most - 1 : most;
};

/** Cuts a text into parts of at most so many UTF-16 units, between paragraphs, lines, sentences or words where it can. */
export const splitText = (text: string, most: number): readonly string[] => {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > most) {
    const at = cutAt(rest, most);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest];
};
