import type { Block, Table, TableCell } from './nodes.js';
import { eachChild, plainText } from './plain-text.js';

/** The texts of a block and of those in it. */
function textsOf(block: Block): readonly string[] {
  if (block.type === 'paragraph' || block.type === 'heading') return [plainText(block.children).trim()];
  if (block.type === 'code') return [block.value];
  const texts: string[] = [];
  eachChild(block, (child) => texts.push(...textsOf(child)));
  return texts;
}

const textOf = ({ children }: TableCell): string =>
  children
    .flatMap(textsOf)
    .filter((text) => text !== '')
    .join(', ');

/** A table of names with their values beside them, or, where a whole row is names, below them. */
function pairsIn({ rows }: Table): readonly (readonly [string, string])[] {
  const [names = [], values] = rows;
  const isBelow = values !== undefined && names.length > 1 && names.every(({ header }) => header);
  const pairs = isBelow
    ? names.map((name, column) => [name, values[column]] as const)
    : rows.map(([name, value]) => [name, value] as const);
  return pairs.flatMap(([name, value]) =>
    name === undefined || value === undefined ? [] : [[textOf(name), textOf(value)] as const],
  );
}

/** The properties that tables hold, by name; the first of each name counts. */
export function propertiesIn(blocks: readonly Block[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (block: Block): void => {
    if (block.type !== 'table') {
      eachChild(block, visit);
      return;
    }
    for (const [name, value] of pairsIn(block)) {
      if (name !== '' && value !== '' && !found.has(name)) found.set(name, value);
    }
  };
  blocks.forEach(visit);
  return found;
}
