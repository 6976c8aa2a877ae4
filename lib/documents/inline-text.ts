import type { Token } from 'markdown-it';
import { LINES } from './html-text.js';

const TAG = /^<\/?([a-z][a-z\d]*)/i;

const isLine = (tag: string): boolean => LINES.has((TAG.exec(tag)?.[1] ?? '').toLowerCase());

const textOf = ({ type, content, children }: Token): string => {
  if (type === 'text' || type === 'code_inline') return content;
  if (type === 'softbreak') return ' ';
  if (type === 'hardbreak') return '\n';
  if (type === 'html_inline') return isLine(content) ? '\n' : '';
  return children === null ? '' : inlineText(children);
};

/** The text of what stands in one paragraph, heading or cell: of pictures what they show, of links what they are called. */
export function inlineText(tokens: readonly Token[]): string {
  return tokens
    .map(textOf)
    .join('')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim();
}
