import MarkdownIt, { type Token } from 'markdown-it';
import type { Flavor } from '../convert/index.js';
import { blockText } from './block-text.js';
import { inlineText } from './inline-text.js';
import { quoteAdmonitions } from './quote-admonitions.js';
import { splitText } from './split-text.js';

/** A part of a page's text. */
export interface Section {
  /** The headings that it stands below, the outermost first. */
  readonly headings: readonly string[];
  readonly text: string;
}

/** How long the text of one document may be, in UTF-16 units. */
export const MOST_TEXT = 2000;

interface Heading {
  readonly level: number;
  readonly text: string;
}

/** Each block of a text: a heading, or the tokens of something else. */
function* blocksOf(tokens: readonly Token[]): Generator<readonly Token[]> {
  let block: Token[] = [];
  for (const token of tokens) {
    block.push(token);
    if (token.level > 0 || token.nesting === 1) continue;
    yield block;
    block = [];
  }
}

const headingOf = ([first, inline]: readonly Token[]): Heading | undefined =>
  first?.type === 'heading_open'
    ? { level: Number(first.tag.slice(1)), text: inlineText(inline?.children ?? []).replace(/\s+/g, ' ') }
    : undefined;

/** A heading with what stands below it, down to the next one. */
interface Open {
  readonly path: readonly Heading[];
  readonly texts: string[];
  hasInner: boolean;
}

const parse = (markdown: string, flavor: Flavor): readonly Token[] =>
  new MarkdownIt({ html: true }).parse(flavor === 'mkdocs' ? quoteAdmonitions(markdown) : markdown, {});

const closed = ({ path, texts, hasInner }: Open): readonly Section[] => {
  const text = texts.join('\n\n');
  if (text === '' && (hasInner || path.length === 0)) return [];
  const headings = path.map((heading) => heading.text);
  return splitText(text, MOST_TEXT).map((part) => ({ headings, text: part }));
};

/** A page always has one: it is found by its title then. */
const orEmpty = (sections: readonly Section[]): readonly Section[] =>
  sections.length === 0 ? [{ headings: [], text: '' }] : sections;

/**
 * Cuts a page's Markdown at its headings, and what is too long below one between blocks, lines or words. `title`, where the text
 * begins with it, is no part of it.
 */
export const cutPage = (markdown: string, title: string, flavor: Flavor): readonly Section[] => {
  const sections: Section[] = [];
  let open: Open = { path: [], texts: [], hasInner: false };
  let isStart = true;
  for (const block of blocksOf(parse(markdown, flavor))) {
    const heading = headingOf(block);
    if (heading === undefined) {
      const text = blockText(block);
      if (text !== '') open.texts.push(text);
    } else if (!(isStart && heading.level === 1 && heading.text === title.replace(/\s+/g, ' ').trim())) {
      const above = open.path.filter(({ level }) => level < heading.level);
      if (above.length === open.path.length) open.hasInner = true;
      sections.push(...closed(open));
      open = { path: [...above, heading], texts: [], hasInner: false };
    }
    isStart = false;
  }
  return orEmpty([...sections, ...closed(open)]);
};

/** Cuts the comments on a page into their threads. */
export const cutComments = (markdown: string, flavor: Flavor): readonly Section[] => {
  const threads: string[][] = [[]];
  for (const block of blocksOf(parse(markdown, flavor)))
    if (block[0]?.type === 'hr') threads.push([]);
    else threads.at(-1)?.push(blockText(block));
  return threads
    .map((texts) => texts.filter((text) => text !== '').join('\n\n'))
    .filter((text) => text !== '')
    .flatMap((text) => splitText(text, MOST_TEXT))
    .map((text) => ({ headings: [], text }));
};
