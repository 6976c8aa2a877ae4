import type { Token } from 'markdown-it';

const BREAK = /^<br\s*\/?>/i;

const textOf = ({ type, content, children }: Token): string => {
  if (type === 'text' || type === 'code_inline') return content;
  if (type === 'softbreak') return ' ';
  if (type === 'hardbreak') return '\n';
  if (type === 'html_inline') return BREAK.test(content) ? '\n' : '';
  return children === null ? '' : inlineText(children);
};

/** The text of what stands in one paragraph, heading or cell: of pictures what they show, of links what they are called. */
export function inlineText(tokens: readonly Token[]): string {
  return tokens
    .map(textOf)
    .join('')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}
