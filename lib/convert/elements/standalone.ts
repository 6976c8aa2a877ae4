import { INLINE_MACROS } from '../macros/inline-macros.js';
import { childrenNamed, isElement, textOf } from '../parse/storage-node.js';
import type { StorageElement, StorageNode } from '../parse/storage-node.js';

/** Elements that begin and end blocks themselves; beside any other an image or a macro stands in a text. */
const BLOCKS = new Set(
  (
    'p div section article header footer main aside nav address center figure figcaption fieldset form table ' +
    'caption thead tbody tfoot tr td th ul ol li dl dt dd blockquote pre hr h1 h2 h3 h4 h5 h6 ac:task-list ac:task ' +
    'ac:layout ac:layout-section ac:layout-cell ac:rich-text-body ac:plain-text-body ac:parameter ac:caption ' +
    'ac:adf-content ac:adf-fallback ac:task-body'
  ).split(' '),
);

export const isBlockElement = ({ name }: StorageElement): boolean => BLOCKS.has(name);

const isInlineMacro = (element: StorageElement): boolean =>
  INLINE_MACROS.has(element.attributes['ac:name'] ?? '') ||
  childrenNamed(element, 'ac:parameter').some(
    (each) =>
      each.attributes['ac:name'] === 'atlassian-macro-output-type' && textOf(each).trim() === 'INLINE',
  );

/** The appearance of smart links that are no words of a sentence. */
const BLOCK_CARD = /^(?:block|embed)$/;

/** Whether an element is a block where no text stands beside it: as the new editor writes pictures, cards and macros. */
export function mayStandAlone(node: StorageElement): boolean {
  switch (node.name) {
    case 'ac:image':
      return node.attributes['ac:inline'] !== 'true';
    case 'ac:structured-macro':
    case 'ac:macro':
      return !isInlineMacro(node);
    case 'a':
      return BLOCK_CARD.test(node.attributes['data-card-appearance'] ?? '');
    default:
      return node.name === 'ac:adf-extension';
  }
}

/** Nothing to see: neither begins nor goes on with a text. */
const isBlank = (node: StorageNode): boolean =>
  isElement(node) ? node.attributes['ac:name'] === 'anchor' : node.text.trim() === '';

const isNoText = (node: StorageNode | undefined): boolean =>
  node === undefined || (isElement(node) && isBlockElement(node));

/**
 * The elements from one that may stand alone on, up to `end`: alone they are when neither before nor after them text
 * stands.
 */
export function standaloneRun(
  nodes: readonly StorageNode[],
  start: number,
): { readonly end: number; readonly isAlone: boolean } {
  let before = start - 1;
  for (let node = nodes[before]; node !== undefined && isBlank(node); node = nodes[before]) before -= 1;
  let end = start + 1;
  for (
    let node = nodes[end];
    node !== undefined && (isBlank(node) || (isElement(node) && mayStandAlone(node)));
    node = nodes[end]
  ) {
    end += 1;
  }
  return { end, isAlone: isNoText(nodes[before]) && isNoText(nodes[end]) };
}
