import { childrenNamed, isElement, textOf } from '../parse/storage-node.js';
import type { StorageElement, StorageNode } from '../parse/storage-node.js';

/** The attribute of a node of the new editor, as an element. */
export const adfAttributeElement = (node: StorageElement, key: string): StorageElement | undefined =>
  childrenNamed(node, 'ac:adf-attribute').find((each) => each.attributes.key === key);

/** The value of an attribute of a node of the new editor. */
export function adfAttribute(node: StorageElement, key: string): string | undefined {
  const found = adfAttributeElement(node, key);
  return found === undefined ? undefined : textOf(found).trim();
}

/** What stands in a node of the new editor. */
export const adfContent = ({ children }: StorageElement): readonly StorageNode[] =>
  children.filter((child) => !isElement(child) || child.name !== 'ac:adf-attribute');
