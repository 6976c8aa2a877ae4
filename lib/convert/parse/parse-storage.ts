import { Tokenizer } from 'htmlparser2';
import type { TokenizerCallbacks } from 'htmlparser2';
import { decodeText, legalText } from './decode-text.js';
import { repairCdata } from './repair-cdata.js';
import { repairStorage } from './repair-storage.js';
import type { StorageElement, StorageNode } from './storage-node.js';

const NAME = /^[a-z_][\w:.-]*$/i;

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

interface OpenElement {
  readonly name: string;
  readonly children: StorageNode[];
  readonly isHidden: boolean;
}

const ignore = (): void => undefined;

/** Builds the tree from the tokens. Its own stack of open elements closes each in constant time, whatever is unclosed. */
class TreeBuilder implements TokenizerCallbacks {
  readonly root: StorageNode[] = [];
  readonly #source: string;
  readonly #open: OpenElement[] = [];
  readonly #openNames = new Map<string, number>();
  readonly #names = new Set<string>();
  #hidden = 0;
  #isWhole = true;
  #isInTag = false;
  #name = '';
  #attributes: Record<string, string> = {};
  #attribute = '';
  #value = '';

  constructor(source: string) {
    this.#source = source;
  }

  ontext(start: number, end: number): void {
    this.#children().push({ text: decodeText(this.#source.slice(start, end)), cdata: false });
  }

  /** Whether all of the source was read as markup or text: nothing cut short, no bracket out of place. */
  get isWhole(): boolean {
    return this.#isWhole && !this.#isInTag && this.#source.lastIndexOf('<') <= this.#source.lastIndexOf('>');
  }

  oncdata(start: number, end: number, endOffset: number): void {
    this.#children().push({ text: this.#source.slice(start, end - endOffset), cdata: true });
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#source.slice(start, end);
    this.#attributes = {};
    this.#isInTag = true;
    this.#checkName(this.#name);
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#source.slice(start, end);
    this.#value = '';
    this.#checkName(this.#attribute);
  }

  onattribdata(start: number, end: number): void {
    this.#value += this.#source.slice(start, end);
  }

  onattribend(): void {
    if (this.#attribute !== '__proto__') this.#attributes[this.#attribute] = decodeText(this.#value);
  }

  onopentagend(): void {
    const children = this.#append();
    const isHidden = HIDDEN.has(this.#name);
    this.#open.push({ name: this.#name, children, isHidden });
    this.#openNames.set(this.#name, (this.#openNames.get(this.#name) ?? 0) + 1);
    if (isHidden) this.#hidden += 1;
  }

  onselfclosingtag(): void {
    this.#append();
  }

  onclosetag(start: number, end: number): void {
    const name = this.#source.slice(start, end);
    this.#checkName(name);
    if ((this.#openNames.get(name) ?? 0) === 0) return;
    while (this.#close() !== name);
  }

  /** A comment that nothing ends has no end tag to leave out. */
  oncomment(_start: number, _end: number, endOffset: number): void {
    if (endOffset === 0) this.#isWhole = false;
  }

  readonly onattribentity = ignore;
  readonly ondeclaration = ignore;
  readonly onend = ignore;
  readonly onprocessinginstruction = ignore;
  readonly ontextentity = ignore;

  #checkName(name: string): void {
    if (this.#names.has(name)) return;
    if (NAME.test(name)) this.#names.add(name);
    else this.#isWhole = false;
  }

  #children(): StorageNode[] {
    return this.#open.at(-1)?.children ?? this.root;
  }

  /** Closes the innermost open element. */
  #close(): string | undefined {
    const closed = this.#open.pop();
    if (closed === undefined) return undefined;
    this.#openNames.set(closed.name, (this.#openNames.get(closed.name) ?? 1) - 1);
    if (closed.isHidden) this.#hidden -= 1;
    return closed.name;
  }

  /** Adds the element just read; returns where its children go. */
  #append(): StorageNode[] {
    this.#isInTag = false;
    if (this.#hidden > 0 && !NAMES_ONLY.test(this.#name)) while (this.#hidden > 0) this.#close();
    const siblings = this.#children();
    const children: StorageNode[] = [];
    const element: StorageElement = { name: this.#name, attributes: this.#attributes, children };
    siblings.push(element);
    return this.#open.length < MAX_DEPTH ? children : siblings;
  }
}

function build(source: string): TreeBuilder {
  const builder = new TreeBuilder(source);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, builder);
  tokenizer.write(source);
  tokenizer.end();
  return builder;
}

/**
 * Reads storage format into a tree. Never throws: unclosed elements end with the text, stray end tags are dropped, and
 * what only begins like a tag is text.
 */
export function parseStorage(storage: string): readonly StorageNode[] {
  const source = repairCdata(legalText(storage));
  const builder = build(source);
  return builder.isWhole ? builder.root : build(repairStorage(source)).root;
}
