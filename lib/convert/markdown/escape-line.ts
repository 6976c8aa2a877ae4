import type { Dialect } from '../dialects/dialect.js';

const SUSPECT = /^[#>\-+*=_|:[\d]/;
const MARKER =
  /^(?:#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|\[(?:![a-z]+\]\s*$|[ x]\](?=\s|$))|\*[*\s]*$|_[_\s]*$|=+\s*$|[|:\s]*-[-|:\s]*$)/i;
const ORDERED = /^(\d{1,9})(?=[.)](?:\s|$))/;

/** Escapes what would make a line of a paragraph something else: a heading, an item, a rule, a row of a table. */
export function escapeLine(line: string, { escape, specialLine }: Dialect): string {
  if (specialLine?.test(line) === true) return escape(line.charAt(0)) + line.slice(1);
  if (!SUSPECT.test(line)) return line;
  if (MARKER.test(line)) return escape(line.charAt(0)) + line.slice(1);
  return line.replace(ORDERED, '$1\\');
}
