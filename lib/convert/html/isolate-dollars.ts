/** Where a formula may begin and end: GitHub asks for no word before it and behind it, and for no space inside. */
const OPENER = /(?<![\p{L}\p{N}$])\$+(?=[^\s$])/gu;
const CLOSER = /(?<=[^\s$])\$+(?![\p{L}\p{N}$])/gu;

const alone = (dollars: string): string => `<span>${dollars}</span>`;

function lastCloser(text: string): number {
  let last = -1;
  for (const { index } of text.matchAll(CLOSER)) last = index;
  return last;
}

/**
 * A text in which GitHub finds no formula: it looks for dollars where all escapes are gone already, and asks to put an
 * element around those that are none. Of a pair the first one is enough. `after`: what follows the text; code between
 * dollars is a formula, too.
 */
export function isolateDollars(text: string, after: string): string {
  if (!text.includes('$')) return text;
  const last = lastCloser(text);
  const isolated = text.replace(OPENER, (dollars, offset: number) =>
    offset < last ? alone(dollars) : dollars,
  );
  return after === '`' && isolated.endsWith('$') ? isolated.replace(/\$+$/, alone) : isolated;
}
