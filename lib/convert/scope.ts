import type { ConvertContext } from './context.js';
import type { Dialect } from './dialects/dialect.js';
import { Flow } from './document/flow.js';
import type { Block, DocumentNode, Mark, Marks } from './document/nodes.js';
import { isBlockElement, standaloneRun } from './elements/standalone.js';
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

/** What the elements around a place mean for the text in it. */
interface Surroundings {
  readonly marks: Marks;
  /** Text is code. */
  readonly isCode: boolean;
  /** Within a paragraph, where nothing is a block only because no text stands beside it. */
  readonly isSentence: boolean;
}

/** A style that hides an element. */
const HIDDEN = /(?:^|;)\s*display:\s*none\b/i;

const NOTHING_AROUND: Surroundings = { marks: [], isCode: false, isSentence: false };

/** Where the walk over the tree stands: the flow that takes the content, and the marks around it. */
export class Scope {
  readonly page: PageScope;
  readonly flow: Flow;
  readonly #around: Surroundings;

  constructor(page: PageScope, flow = new Flow(), around = NOTHING_AROUND) {
    this.page = page;
    this.flow = flow;
    this.#around = around;
  }

  get isSentence(): boolean {
    return this.#around.isSentence;
  }

  walk(nodes: readonly StorageNode[]): void {
    let run = { end: 0, isAlone: false };
    for (const [index, node] of nodes.entries()) {
      if (!isElement(node)) {
        this.text(node.text);
        continue;
      }
      if (index >= run.end && !this.isSentence) run = standaloneRun(nodes, index);
      if (run.isAlone) this.flow.endParagraph();
      this.element(node);
      if (run.isAlone) this.flow.endParagraph();
    }
  }

  element(element: StorageElement): void {
    if (element.attributes.style !== undefined && HIDDEN.test(element.attributes.style)) return;
    const handler = this.page.handlers.get(element.name);
    if (handler === undefined) (isBlockElement(element) ? this : this.asSentence()).walk(element.children);
    else handler(element, this);
  }

  text(value: string): void {
    this.flow.text(value, this.#around.marks, this.#around.isCode ? 'inlineCode' : 'text');
  }

  push(...nodes: readonly DocumentNode[]): void {
    for (const node of nodes) this.flow.push(node, this.#around.marks);
  }

  /** The same place with one more mark around what comes. A link replaces the one around it. */
  with(mark: Mark): Scope {
    const { marks } = this.#around;
    const outer = typeof mark === 'string' ? marks : marks.filter((each) => typeof each === 'string');
    return outer.includes(mark) ? this : this.#but({ marks: [...outer, mark], isSentence: true });
  }

  /** The same place where text is code. */
  asCode(): Scope {
    return this.#but({ isCode: true });
  }

  /** The same place within a paragraph. */
  asSentence(): Scope {
    return this.isSentence ? this : this.#but({ isSentence: true });
  }

  /** Content that stands apart, such as a list item, as blocks; the marks around it stay. */
  blocks(nodes: readonly StorageNode[], page: PageScope = this.page): readonly Block[] {
    const inner = new Scope(page, new Flow(), { ...this.#around, isSentence: false });
    inner.walk(nodes);
    return inner.flow.end();
  }

  #but(change: Partial<Surroundings>): Scope {
    return new Scope(this.page, this.flow, { ...this.#around, ...change });
  }
}
