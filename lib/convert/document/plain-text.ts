import type { Block, Heading, Inline } from './nodes.js';

/** What inline content says, without its formatting; `lineBreak` stands for each of its line breaks. */
export const plainText = (inlines: readonly Inline[], lineBreak = ' '): string =>
  inlines
    .map((inline) => {
      if (inline.type === 'break') return lineBreak;
      return inline.type === 'text' || inline.type === 'inlineCode' || inline.type === 'inlineMath'
        ? inline.value
        : '';
    })
    .join('');

/** Calls `visit` for each block directly inside a block. */
export function eachChild(block: Block, visit: (child: Block) => void): void {
  switch (block.type) {
    case 'blockquote':
    case 'details':
      block.children.forEach(visit);
      break;
    case 'list':
    case 'definitionList':
      for (const { children } of block.items) children.forEach(visit);
      break;
    case 'table':
      for (const row of block.rows) for (const { children } of row) children.forEach(visit);
      break;
    default:
  }
}

/** The headings of a page in reading order. */
export function headingsOf(blocks: readonly Block[]): readonly Heading[] {
  const headings: Heading[] = [];
  const visit = (block: Block): void => {
    if (block.type === 'heading') headings.push(block);
    else eachChild(block, visit);
  };
  blocks.forEach(visit);
  return headings;
}
