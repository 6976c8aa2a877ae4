import type { Dialect } from '../dialects/dialect.js';
import { UNSAFE_STARTS } from './unsafe.js';

const SUSPECT = /^[#>\-+*=_|:[\d]/;
const START = new RegExp(`^(?:${UNSAFE_STARTS.map(({ start }) => start.source).join('|')})`, 'i');
const NUMBER = /^\d+/;

/** Escapes what would make a line of a paragraph something else: a heading, an item, a rule, a row of a table. */
export function escapeLine(line: string, { escape, specialLine }: Dialect): string {
  if (specialLine?.test(line) === true) return escape(line.charAt(0)) + line.slice(1);
  if (!SUSPECT.test(line) || !START.test(line)) return line;
  const [number] = NUMBER.exec(line) ?? [];
  return number === undefined
    ? escape(line.charAt(0)) + line.slice(1)
    : `${number}\\${line.slice(number.length)}`;
}
