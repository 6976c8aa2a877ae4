const NAME = '[a-z_][\\w:.-]*';
const ATTRIBUTE = `\\s+${NAME}(?:\\s*=\\s*(?:(?:"[^"]*"|'[^']*')(?=[\\s/>])|[^\\s"'<>=]+))?`;

/** Whole pieces of markup, which stay, and the brackets that begin none. */
const MARKUP = new RegExp(
  `<!\\[CDATA\\[[^]*?(?:\\]\\]>|$)|<!--(?:(?!--)[^]){0,99999}-->|<[!?][a-z][^<>]*>|</?${NAME}(?:${ATTRIBUTE}){0,99}\\s*/?>|<`,
  'gi',
);

/** Storage format that a parser can take for XML: a bracket that begins no markup becomes a character of the text. */
export const repairStorage = (storage: string): string =>
  storage.replace(MARKUP, (found) => (found === '<' ? '&lt;' : found));
