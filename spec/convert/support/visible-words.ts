import { decodeHTMLStrict } from 'entities';

const INVISIBLE =
  /<(ac:parameter|ac:default-parameter|ac:task-id|ac:task-uuid|ac:task-status|ac:adf-attribute|ac:placeholder|script|style)\b(?:[^>]*\/>|[^]*?<\/\1>)|<!--[^]*?-->/g;
/** Excerpts and properties that their author hides. */
const HIDDEN =
  /<ac:structured-macro[^>]*ac:name="(?:excerpt|details)"[^>]*>(?:(?!<\/ac:structured-macro>)[^])*?ac:name="hidden">true<[^]*?<\/ac:rich-text-body>/g;
const REPEATED = /(<ac:adf-node[^]*?<p[^]*?)<ac:adf-fallback>[^]*?<\/ac:adf-fallback>/g;
const DECISIONS = /(decision-list[^]*?)<ac:adf-fallback>[^]*?<\/ac:adf-fallback>/g;
/** A section that nothing ends ends with its element. */
const CDATA = /<!\[CDATA\[(?:([^]*?)\]\]>|([^]*?)(?=<\/ac:plain-text-|$))/g;
const TAG = /<\/?[a-zA-Z](?:"[^"]*"|'[^']*'|[^'">])*>/;

/**
 * The words that a body shows, in order, found without the converter: what stands between tags, parameters left out. A
 * word that formatting divides counts as several.
 */
export function visibleWords(storage: string): readonly string[] {
  const sections: string[] = [];
  const marked = storage.replace(
    CDATA,
    (_, text?: string, open?: string) => `\ue000${sections.push(text ?? open ?? '') - 1}\ue001`,
  );
  const shown = marked
    .replace(HIDDEN, ' ')
    .replace(INVISIBLE, ' ')
    .replace(REPEATED, '$1')
    .replace(DECISIONS, '$1');
  return shown
    .split(TAG)
    .flatMap((text) =>
      text
        .split(/\ue000(\d+)\ue001/)
        .map((part, index) => (index % 2 === 1 ? (sections[Number(part)] ?? '') : decodeHTMLStrict(part))),
    )
    .flatMap((text) => text.replace(/[^\P{Cc}\n\t]/gu, '').match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** The first word that `text` does not have at its place; `undefined` when it has all. */
export function missingWord(words: readonly string[], text: string): string | undefined {
  let position = 0;
  for (const word of words) {
    const found = text.indexOf(word, position);
    if (found < 0) return `${word} after …${text.slice(Math.max(0, position - 60), position)}`;
    position = found + word.length;
  }
  return undefined;
}
