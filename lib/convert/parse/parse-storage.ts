import { legalText } from './decode-text.js';
import { repairCdata } from './repair-cdata.js';
import { StorageReader } from './storage-reader.js';
import type { StorageSink } from './storage-reader.js';
import type { StorageElement, StorageNode } from './storage-node.js';

/** Elements nested deeper are kept as siblings, so that no input can overflow the stack. */
const MAX_DEPTH = 100;

/** What only names something; an element beyond these in it shows that its end tag is missing. */
const NAMES_ONLY = /^(?:ri:|ac:(?:link|link-body|plain-text-link-body|adf-parameter|adf-parameter-value)$)/;
const HIDDEN = new Set([
  'ac:parameter',
  'ac:default-parameter',
  'ac:task-id',
  'ac:task-uuid',
  'ac:task-status',
  'ac:adf-attribute',
  'script',
  'style',
]);

/** What is known of a name; one for each distinct name. */
interface Name {
  readonly text: string;
  readonly isHidden: boolean;
  readonly isNameOnly: boolean;
  /** How many elements of this name are open. */
  open: number;
}

interface OpenElement {
  readonly name: Name;
  readonly children: StorageNode[];
}

/** Builds the tree. Its own stack of open elements closes each in constant time, whatever is unclosed. */
class TreeBuilder implements StorageSink {
  readonly root: StorageNode[] = [];
  readonly #open: OpenElement[] = [];
  readonly #names = new Map<string, Name>();
  /** Where the next node goes. */
  #children = this.root;
  #hidden = 0;

  text(text: string): void {
    this.#children.push({ text, cdata: false });
  }

  cdata(text: string): void {
    this.#children.push({ text, cdata: true });
  }

  start(text: string, attributes: StorageElement['attributes'], isEmpty: boolean): void {
    const name = this.#nameOf(text);
    if (this.#hidden > 0 && !name.isNameOnly) while (this.#hidden > 0) this.#close();
    const siblings = this.#children;
    const element = { name: name.text, attributes, children: [] };
    siblings.push(element);
    if (isEmpty) return;
    if (this.#open.length < MAX_DEPTH) this.#children = element.children;
    this.#open.push({ name, children: this.#children });
    name.open += 1;
    if (name.isHidden) this.#hidden += 1;
  }

  /** Closes the innermost element of this name, with all that is open in it; a stray end tag closes nothing. */
  end(text: string): void {
    const name = this.#nameOf(text);
    for (const left = name.open - 1; left >= 0 && name.open > left;) this.#close();
  }

  #nameOf(text: string): Name {
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const name = { text, isHidden: HIDDEN.has(text), isNameOnly: NAMES_ONLY.test(text), open: 0 };
    this.#names.set(text, name);
    return name;
  }

  /** Closes the innermost open element. */
  #close(): void {
    const closed = this.#open.pop();
    if (closed === undefined) return;
    closed.name.open -= 1;
    if (closed.name.isHidden) this.#hidden -= 1;
    this.#children = this.#open.at(-1)?.children ?? this.root;
  }
}

/**
 * Reads storage format into a tree. Never throws: unclosed elements end with the text, stray end tags are dropped, and
 * what only begins like a tag is text.
 */
export function parseStorage(storage: string): readonly StorageNode[] {
  const builder = new TreeBuilder();
  new StorageReader(repairCdata(legalText(storage)), builder).read();
  return builder.root;
}
