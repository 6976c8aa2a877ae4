import { isElement, textOf } from '../parse/storage-node.js';
import type { StorageElement } from '../parse/storage-node.js';
import type { Scope } from '../scope.js';

const KATEX = /(?:^|\s)katex(-display)?(?:\s|$)/;

/** The source of a formula, which its markup has beside what it draws of it twice. */
function sourceOf(element: StorageElement): string | undefined {
  for (const child of element.children.filter(isElement)) {
    const isSource = child.name === 'annotation' && child.attributes.encoding === 'application/x-tex';
    const found = isSource ? textOf(child).trim() : sourceOf(child);
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}

/** Writes the markup of a formula as its source; `false` for other elements. */
export function pushKatex(element: StorageElement, scope: Scope): boolean {
  const [found, display] = KATEX.exec(element.attributes.class ?? '') ?? [];
  const value = found === undefined ? undefined : sourceOf(element);
  if (value === undefined) return false;
  scope.push(display === undefined ? { type: 'inlineMath', value } : { type: 'code', lang: 'math', value });
  return true;
}
