import { findResource, readReference, referenceText } from '../links/read-reference.js';
import { childNamed, childrenNamed, isElement, literalTextOf, textOf } from '../parse/storage-node.js';
import type { StorageElement, StorageNode } from '../parse/storage-node.js';

const PARTS = new Set(['ac:parameter', 'ac:default-parameter', 'ac:plain-text-body']);

/** Reads a parameter: its text, else what it refers to. */
function valueOf(element: StorageElement): string {
  const text = textOf(element).trim();
  if (text !== '') return text;
  const resource = findResource(element);
  if (resource === undefined) return '';
  const reference = readReference(resource);
  if (reference !== undefined) return referenceText(reference);
  return Object.values(resource.attributes).join(' ');
}

/** A macro's element with its parts at hand. */
export class MacroElement {
  readonly element: StorageElement;

  constructor(element: StorageElement) {
    this.element = element;
  }

  get name(): string {
    return this.element.attributes['ac:name'] ?? '';
  }

  get parameterElements(): readonly StorageElement[] {
    return [
      ...childrenNamed(this.element, 'ac:parameter'),
      ...childrenNamed(this.element, 'ac:default-parameter'),
    ];
  }

  get parameters(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.parameterElements.map((each) => [parameterName(each), valueOf(each)]));
  }

  /** The first parameter with one of these names. */
  parameterElement(...names: readonly string[]): StorageElement | undefined {
    return this.parameterElements.find((each) => names.includes(parameterName(each)));
  }

  /** The value of the first parameter with one of these names; `undefined` when it is missing or empty. */
  parameter(...names: readonly string[]): string | undefined {
    const element = this.parameterElement(...names);
    const value = element === undefined ? '' : valueOf(element);
    return value === '' ? undefined : value;
  }

  /** The plain-text body, `undefined` when the macro has none. */
  get plainText(): string | undefined {
    const body = childNamed(this.element, 'ac:plain-text-body');
    return body === undefined ? undefined : literalTextOf(body);
  }

  /** All that shows besides the parameters and the plain-text body: rich-text bodies, and stray content. */
  get content(): readonly StorageNode[] {
    return this.element.children.filter((child) => !isElement(child) || !PARTS.has(child.name));
  }
}

const parameterName = ({ attributes }: StorageElement): string =>
  attributes['ac:name'] ?? attributes.name ?? '';
