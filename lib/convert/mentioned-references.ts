import { readReference } from './links/read-reference.js';
import { readWikiLink } from './links/url-reference.js';
import { parseStorage } from './parse/parse-storage.js';
import { isElement, type StorageElement, type StorageNode } from './parse/storage-node.js';
import type { Reference } from './reference.js';

const readElement = (element: StorageElement, baseUrl: string | undefined): Reference | undefined => {
  const { href } = element.attributes;
  return href === undefined ? readReference(element) : readWikiLink(href, baseUrl)?.reference;
};

/** The tags that may name something, and those that end them. */
const NAMING = /<\/?(?:ri:[^>]*|a(?:\s[^>]*)?)>/g;

/**
 * The references that the elements of a body name, as often as they do: nearly all that reading it asks for, at a small part
 * of the cost, as nothing else is parsed. Macros may ask for more, and what is not shown is asked for here only.
 */
export function mentionedReferences(storage: string, baseUrl?: string): readonly Reference[] {
  const found: Reference[] = [];
  const look = (nodes: readonly StorageNode[]): void => {
    for (const node of nodes) {
      if (!isElement(node)) continue;
      const reference = readElement(node, baseUrl);
      if (reference !== undefined) found.push(reference);
      // Whose attachment it is, is a part of the reference.
      if (reference?.kind !== 'attachment') look(node.children);
    }
  };
  look(parseStorage(storage.match(NAMING)?.join('') ?? ''));
  return found;
}
