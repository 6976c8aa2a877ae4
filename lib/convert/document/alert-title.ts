import { marksOf, paragraph, text } from './nodes.js';
import type { AlertKind, Block, Blockquote, Inline } from './nodes.js';

const TITLES: Readonly<Record<AlertKind, string>> = {
  NOTE: 'Note',
  TIP: 'Tip',
  IMPORTANT: 'Important',
  WARNING: 'Warning',
  CAUTION: 'Caution',
};

/** The title of an alert, a first paragraph all in bold, without that. */
export function alertTitle([first]: readonly Block[]): readonly Inline[] | undefined {
  if (first?.type !== 'paragraph') return undefined;
  return first.children.every(({ marks }) => marks?.includes('strong') === true)
    ? first.children.map((each) => ({ ...each, marks: marksOf(each).filter((mark) => mark !== 'strong') }))
    : undefined;
}

/** The content of an alert where Markdown knows none: its kind as a title, unless it has one of its own. */
export const titledContent = ({ alert, children }: Blockquote): readonly Block[] =>
  alert === undefined || alertTitle(children) !== undefined
    ? children
    : [paragraph(text(TITLES[alert], ['strong'])), ...children];
