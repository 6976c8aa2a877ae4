import type { ConvertContext } from './context.js';
import type { Dialect } from './dialects/dialect.js';
import { Flow } from './document/flow.js';
import type { Block, DocumentNode, Mark, Marks } from './document/nodes.js';
import { isBlockElement, mayStandAlone, standaloneRun } from './elements/standalone.js';
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
  readonly dialect: Dialect;
  readonly resolver: ReferenceResolver;
  readonly expansions: Expansions;
  /** Takes the page's own properties. */
  readonly properties: Map<string, string>;
  readonly handlers: ReadonlyMap<string, ElementHandler>;
  /** The page whose body this is, when it is included in the converted one. */
  readonly owner?: PageReference | undefined;
}

/** A style that hides an element. */
const HIDDEN = /(?:^|;)\s*display:\s*none\b/i;

const NO_MARKS: Marks = [];
const NO_RUN = { end: 0, isAlone: false };

/** Where the walk over the tree stands: the flow that takes the content, and the marks around it. */
export class Scope {
  readonly page: PageScope;
  readonly flow: Flow;
  /** Within a paragraph, where nothing is a block only because no text stands beside it. */
  readonly isSentence: boolean;
  readonly #marks: Marks;
  readonly #isCode: boolean;

  constructor(page: PageScope, flow = new Flow(), marks = NO_MARKS, isCode = false, isSentence = false) {
    this.page = page;
    this.flow = flow;
    this.#marks = marks;
    this.#isCode = isCode;
    this.isSentence = isSentence;
  }

  walk(nodes: readonly StorageNode[]): void {
    let run = NO_RUN;
    let index = 0;
    for (const node of nodes) {
      if (!isElement(node)) this.text(node.text);
      else if (this.isSentence || !mayStandAlone(node)) this.element(node);
      else {
        if (index >= run.end) run = standaloneRun(nodes, index);
        if (run.isAlone) this.flow.endParagraph();
        this.element(node);
        if (run.isAlone) this.flow.endParagraph();
      }
      index += 1;
    }
  }

  element(element: StorageElement): void {
    if (element.attributes.style !== undefined && HIDDEN.test(element.attributes.style)) return;
    const handler = this.page.handlers.get(element.name);
    if (handler === undefined) (isBlockElement(element) ? this : this.asSentence()).walk(element.children);
    else handler(element, this);
  }

  text(value: string): void {
    this.flow.text(value, this.#marks, this.#isCode ? 'inlineCode' : 'text');
  }

  push(...nodes: readonly DocumentNode[]): void {
    for (const node of nodes) this.flow.push(node, this.#marks);
  }

  /** The same place with one more mark around what comes. A link replaces the one around it. */
  with(mark: Mark): Scope {
    const marks = this.#marks;
    const outer = typeof mark === 'string' ? marks : marks.filter((each) => typeof each === 'string');
    return outer.includes(mark)
      ? this
      : new Scope(this.page, this.flow, [...outer, mark], this.#isCode, true);
  }

  /** The same place where text is code. */
  asCode(): Scope {
    return new Scope(this.page, this.flow, this.#marks, true, this.isSentence);
  }

  /** The same place within a paragraph. */
  asSentence(): Scope {
    return this.isSentence ? this : new Scope(this.page, this.flow, this.#marks, this.#isCode, true);
  }

  /** Content that stands apart, such as a list item, as blocks; the marks around it stay. */
  blocks(nodes: readonly StorageNode[], page: PageScope = this.page): readonly Block[] {
    const inner = new Scope(page, new Flow(), this.#marks, this.#isCode);
    inner.walk(nodes);
    return inner.flow.end();
  }
}
