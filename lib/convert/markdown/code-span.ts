import type { Dialect } from '../dialects/dialect.js';
import { escapeText } from './escape-text.js';
import { ALL_RISKS } from './risks.js';

/** The shortest run of a character that is longer than any in the text. */
export function fence(text: string, character: string, shortest: number): string {
  if (!text.includes(character)) return character.repeat(shortest);
  let longest = shortest - 1;
  for (const [run] of text.matchAll(character === '`' ? /`+/g : /~+/g))
    longest = Math.max(longest, run.length);
  return character.repeat(longest + 1);
}

interface Place {
  readonly dialect: Dialect;
  readonly inCell: boolean;
  readonly inLink: boolean;
}

/**
 * Code within a line. In a cell of a table a backslash before a bar cannot be written as code; in the text of a link
 * some brackets would make a definition of the link.
 */
export function codeSpan(code: string, { inCell, inLink, dialect }: Place): string {
  const value = code.replaceAll('\n', ' ');
  const bar = dialect.barsInCode ? '\\|' : '|';
  if ((inCell && value.includes(bar)) || (inLink && value.includes(']:'))) {
    return `<code>${escapeText(value, { before: '>', after: '<', inLink, noElements: true, inCell, risks: ALL_RISKS, dialect })}</code>`;
  }
  const ticks = fence(value, '`', 1);
  const isPadded = value.startsWith(' ') && value.endsWith(' ') && value.trim() !== '';
  const pad = isPadded || value.startsWith('`') || value.endsWith('`') ? ' ' : '';
  return ticks + pad + value + pad + ticks;
}
