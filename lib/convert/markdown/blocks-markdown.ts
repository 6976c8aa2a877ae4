import type { Dialect } from '../dialects/dialect.js';
import type { Block } from '../document/nodes.js';
import { PageAnchors } from '../links/page-anchors.js';
import { MarkdownWriter } from './markdown-writer.js';

/** The blocks of a whole page as Markdown. */
export function blocksMarkdown(blocks: readonly Block[], dialect: Dialect): string {
  const writer = new MarkdownWriter(new PageAnchors(blocks, dialect));
  writer.blocks(blocks);
  return writer.toString();
}
