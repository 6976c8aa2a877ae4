import type { ConvertContext } from './context.js';
import { Flow } from './document/flow.js';
import type { Block, DocumentNode, Mark, Marks } from './document/nodes.js';
import type { ReferenceResolver } from './links/reference-resolver.js';
import type { Expansions } from './macros/expansions.js';
import { isElement } from './parse/storage-node.js';
import type { StorageElement, StorageNode } from './parse/storage-node.js';
import type { PageReference } from './reference.js';

/** Writes one element into the scope's flow. */
export type ElementHandler = (element: StorageElement, scope: Scope) => void;

/** What stays the same while a body is converted. */
export interface PageScope {
  readonly context: ConvertContext;
  readonly resolver: ReferenceResolver;
  readonly expansions: Expansions;
  readonly handlers: ReadonlyMap<string, ElementHandler>;
  /** The page whose body this is, when it is included in the converted one. */
  readonly owner?: PageReference | undefined;
}

/** Where the walk over the tree stands: the flow that takes the content, and the marks around it. */
export class Scope {
  readonly page: PageScope;
  readonly flow: Flow;
  readonly marks: Marks;
  readonly #code: boolean;

  constructor(page: PageScope, flow = new Flow(), marks: Marks = [], code = false) {
    this.page = page;
    this.flow = flow;
    this.marks = marks;
    this.#code = code;
  }

  walk(nodes: readonly StorageNode[]): void {
    for (const node of nodes) {
      if (isElement(node)) this.element(node);
      else this.text(node.text);
    }
  }

  element(element: StorageElement): void {
    const handler = this.page.handlers.get(element.name);
    if (handler === undefined) this.walk(element.children);
    else handler(element, this);
  }

  text(value: string): void {
    this.flow.text(value, this.marks, this.#code ? 'inlineCode' : 'text');
  }

  push(...nodes: readonly DocumentNode[]): void {
    for (const node of nodes) this.flow.push(node, this.marks);
  }

  /** The same place with one more mark around what comes. A link replaces the one around it. */
  with(mark: Mark): Scope {
    const outer =
      typeof mark === 'string' ? this.marks : this.marks.filter((each) => typeof each === 'string');
    return outer.includes(mark) ? this : new Scope(this.page, this.flow, [...outer, mark], this.#code);
  }

  /** The same place where text is code. */
  asCode(): Scope {
    return new Scope(this.page, this.flow, this.marks, true);
  }

  /** Content that stands apart, such as a list item, as blocks; the marks around it stay. */
  blocks(nodes: readonly StorageNode[], page: PageScope = this.page): readonly Block[] {
    const inner = new Scope(page, new Flow(), this.marks, this.#code);
    inner.walk(nodes);
    return inner.flow.end();
  }
}
