import type { Block } from '../document/nodes.js';
import { findResources, readReference, referenceText } from '../links/read-reference.js';
import { childNamed, isElement, literalTextOf, textOf } from '../parse/storage-node.js';
import type { StorageElement, StorageNode } from '../parse/storage-node.js';
import type { Scope } from '../scope.js';

const PARAMETERS = new Set(['ac:parameter', 'ac:default-parameter']);

function nameOf(resource: StorageElement): string {
  const reference = readReference(resource);
  return reference === undefined ? Object.values(resource.attributes).join(' ') : referenceText(reference);
}

/** Reads a parameter: its text, else what it refers to. */
export function valueOf(element: StorageElement): string {
  const text = textOf(element).trim();
  return text === '' ? findResources(element).map(nameOf).join(', ') : text;
}

export const parameterName = ({ attributes }: StorageElement): string =>
  attributes['ac:name'] ?? attributes.name ?? '';

const isParameter = (node: StorageNode): boolean => isElement(node) && PARAMETERS.has(node.name);

const isBlankNode = (node: StorageNode | undefined): boolean =>
  node === undefined || textOf(node).trim() === '';

/** A macro's element with its parts at hand. Its bodies show once: where they are asked for, else after the macro. */
export class MacroElement {
  readonly name: string;
  readonly parameterElements: readonly StorageElement[];
  readonly #textBody: StorageElement | undefined;
  readonly #rest: readonly StorageNode[];
  #isTextTaken = false;
  #isWritten = false;
  #converted: readonly Block[] | undefined;

  constructor(element: StorageElement) {
    this.name = element.attributes['ac:name'] ?? '';
    this.parameterElements = element.children.filter(isElement).filter(isParameter);
    this.#textBody = childNamed(element, 'ac:plain-text-body');
    this.#rest = element.children.filter((child) => !isParameter(child) && child !== this.#textBody);
  }

  get parameters(): ReadonlyMap<string, string> {
    return new Map(this.parameterElements.map((each) => [parameterName(each), valueOf(each)]));
  }

  /** Whether the macro says anything beside its name. */
  get isBlank(): boolean {
    return (
      this.parameterElements.length === 0 &&
      [...this.#rest, this.#textBody].every((each) => isBlankNode(each))
    );
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
  get text(): string | undefined {
    return this.#textBody === undefined ? undefined : literalTextOf(this.#textBody);
  }

  /** The plain-text body for a handler that writes it. */
  takeText(): string | undefined {
    this.#isTextTaken = true;
    return this.text;
  }

  /** All besides the parameters and the plain-text body, as blocks: converted once, however often it is asked for. */
  body(scope: Scope): readonly Block[] {
    this.#converted ??= scope.blocks(this.#rest);
    return this.#converted;
  }

  /** All that shows and is not taken, as blocks for a handler that writes them. */
  takeBlocks(scope: Scope): readonly Block[] {
    this.#isWritten = true;
    return [...this.#textBlock(), ...this.body(scope)];
  }

  /** Leaves out what no handler took. */
  hide(): void {
    this.#isWritten = true;
  }

  /** Writes what no handler took; a single paragraph within a sentence joins the text around it. */
  write(scope: Scope): void {
    if (this.#isWritten) return;
    this.#isWritten = true;
    const isInline = scope.isSentence || this.parameter('atlassian-macro-output-type') === 'INLINE';
    scope.push(...this.#textBlock());
    if (!isInline && this.#converted === undefined) {
      scope.walk(this.#rest);
      return;
    }
    const [first, ...others] = this.body(scope);
    if (isInline && first?.type === 'paragraph' && others.length === 0) scope.push(...first.children);
    else scope.push(...this.body(scope));
  }

  #textBlock(): readonly Block[] {
    const value = this.#isTextTaken ? '' : (this.text?.replace(/\n$/, '') ?? '');
    return value.trim() === '' ? [] : [{ type: 'code', value }];
  }
}
