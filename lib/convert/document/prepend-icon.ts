import { paragraph, text } from './nodes.js';
import type { Block } from './nodes.js';

/** Content with a character before its first words, in their format; where it begins with no words, above it. */
export function prependIcon(icon: string | undefined, content: readonly Block[]): readonly Block[] {
  const [first, ...rest] = content;
  if (icon === undefined || icon === '') return content;
  if (first?.type !== 'paragraph') return [paragraph(text(icon)), ...content];
  const [start] = first.children;
  const isTitle = start?.type === 'text' && start.marks?.length === 1 && start.marks[0] === 'strong';
  return [paragraph(text(`${icon} `, isTitle ? ['strong'] : []), ...first.children), ...rest];
}
