import type { Token } from 'markdown-it';
import { htmlText } from './html-text.js';
import { inlineText } from './inline-text.js';

/** What names the kind of a quotation, in GitHub's Markdown and in Obsidian's. */
const ALERT = /^\[!\w+\]\s*/;

/** What begins an item of a task list. */
const TASK = /^\[([ xX])\] /;

const taskText = (text: string): string =>
  text.replace(TASK, (_, mark: string) => (mark === ' ' ? '☐ ' : '☑ '));

/** The text that begins a quotation: of one that has a kind the first line is its title. */
const quotedText = (children: readonly Token[]): string => {
  const text = inlineText(children);
  if (!ALERT.test(text)) return text;
  const end = children.findIndex(({ type }) => type === 'softbreak');
  const lines = end === -1 ? [children] : [children.slice(0, end), children.slice(end)];
  return lines.map(inlineText).join('\n').replace(ALERT, '');
};

/** The text of a paragraph, and of one that begins what was opened before it. */
const paragraphText = (children: readonly Token[], opened: string | undefined): string => {
  if (opened === 'blockquote_open') return quotedText(children);
  const text = inlineText(children);
  return opened === 'list_item_open' ? taskText(text) : text;
};

const tokenText = (token: Token, opened: string | undefined): string => {
  if (token.type === 'inline') return paragraphText(token.children ?? [], opened);
  if (token.type === 'html_block') return htmlText(token.content);
  return token.type === 'fence' || token.type === 'code_block' ? token.content.trimEnd() : '';
};

const isIn = (open: readonly string[], ...types: readonly string[]): boolean =>
  types.some((type) => open.at(-1) === type);

/** The plain text of a block: its paragraphs, items and rows in lines of their own, cells with a tab between them. */
export const blockText = (tokens: readonly Token[]): string => {
  const open: string[] = [];
  const lines: string[] = [];
  let cells: string[] = [];
  for (const token of tokens) {
    if (token.nesting === -1) {
      open.pop();
      if (token.type === 'tr_close') {
        lines.push(cells.join('\t').trimEnd());
        cells = [];
      }
    } else if (token.nesting === 1) {
      open.push(token.type);
    } else if (isIn(open, 'td_open', 'th_open')) {
      cells.push(tokenText(token, undefined).replace(/\s+/g, ' '));
    } else {
      const above = open.at(-1) === 'paragraph_open' ? open.at(-2) : open.at(-1);
      lines.push(tokenText(token, above));
    }
  }
  return lines.filter((line) => line !== '').join('\n');
};
