import type { Dialect } from '../dialects/dialect.js';
import type { Block, Heading } from '../document/nodes.js';
import { PageAnchors } from '../links/page-anchors.js';
import { MarkdownWriter } from './markdown-writer.js';

/** The blocks of a whole page as Markdown, below its title if that is given. */
export function blocksMarkdown(blocks: readonly Block[], dialect: Dialect, title?: Heading): string {
  const writer = new MarkdownWriter(new PageAnchors(blocks, dialect, title));
  writer.blocks(title ? [title, ...blocks] : blocks);
  return writer.toString();
}
