import type { Block, Heading } from './nodes.js';
import { text } from './nodes.js';
import { plainText } from './plain-text.js';

const inOneLine = (value: string): string => value.replace(/\s+/g, ' ').trim();

/** The heading of a page's title; undefined where its text begins with that, and without a title. */
export const titleAbove = ([first]: readonly Block[], title = ''): Heading | undefined => {
  const name = inOneLine(title);
  const isThere =
    first?.type === 'heading' && first.depth === 1 && inOneLine(plainText(first.children)) === name;
  return name === '' || isThere ? undefined : { type: 'heading', depth: 1, children: [text(name)] };
};
