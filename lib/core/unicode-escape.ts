/** A character as JSON, and YAML in double quotes, escape it: `\u0085`. */
export const unicodeEscape = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
