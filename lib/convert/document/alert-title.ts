import { paragraph, text } from './nodes.js';
import type { AlertKind, Block, Blockquote } from './nodes.js';

const TITLES: Readonly<Record<AlertKind, string>> = {
  NOTE: 'Note',
  TIP: 'Tip',
  IMPORTANT: 'Important',
  WARNING: 'Warning',
  CAUTION: 'Caution',
};

const hasTitle = ([first]: readonly Block[]): boolean =>
  first?.type === 'paragraph' && first.children.every(({ marks }) => marks?.includes('strong') === true);

/** The content of an alert where Markdown knows none: its kind as a title, unless it has one of its own. */
export const titledContent = ({ alert, children }: Blockquote): readonly Block[] =>
  alert === undefined || hasTitle(children)
    ? children
    : [paragraph(text(TITLES[alert], ['strong'])), ...children];
