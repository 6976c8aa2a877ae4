const FOLDED = /^\(\?i\)/;
/** What makes a pattern more than words with gaps: to run such a one on a page could take for ever. */
const BEYOND = /(?:^|[^\\.])[*+?]|[()[\]{}]|(?:^|[^\\])\.(?!\*)|\\[a-z\d]/i;

const literal = (text: string): string => text.replace(/^\^|\$$/g, '').replace(/\\(.)/g, '$1');

/** Whether a text has the parts one after the other, from its start to its end. */
function hasParts(text: string, parts: readonly string[]): boolean {
  const last = parts.at(-1) ?? '';
  let position = 0;
  for (const [index, part] of parts.slice(0, -1).entries()) {
    const found = index === 0 ? (text.startsWith(part) ? 0 : -1) : text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  if (parts.length === 1) return text === last;
  return text.length - last.length >= position && text.endsWith(last);
}

/**
 * Which headings a pattern of a table of contents means: words with gaps (`.*`), several with bars between; of the whole
 * heading. `undefined`: a pattern beyond that.
 */
export function headingFilter(pattern: string): ((heading: string) => boolean) | undefined {
  const isFolded = pattern.startsWith('(?i)');
  const source = pattern.replace(FOLDED, '');
  if (BEYOND.test(source)) return undefined;
  const fold = (text: string): string => (isFolded ? text.toLowerCase() : text);
  const alternatives = source.split('|').map((each) => fold(each.trim()).split('.*').map(literal));
  return (heading) => alternatives.some((parts) => hasParts(fold(heading.trim()), parts));
}
