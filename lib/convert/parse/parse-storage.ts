import { Tokenizer } from 'htmlparser2';
import type { TokenizerCallbacks } from 'htmlparser2';
import { decodeText, legalText } from './decode-text.js';
import type { StorageElement, StorageNode } from './storage-node.js';

/** Elements nested deeper are kept as siblings, so that no input can overflow the stack. */
const MAX_DEPTH = 100;

interface OpenElement {
  readonly name: string;
  readonly children: StorageNode[];
}

const ignore = (): void => undefined;

/** Builds the tree from the tokens. Its own stack of open elements closes each in constant time, whatever is unclosed. */
class TreeBuilder implements TokenizerCallbacks {
  readonly root: StorageNode[] = [];
  readonly #source: string;
  readonly #open: OpenElement[] = [];
  readonly #openNames = new Map<string, number>();
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

  oncdata(start: number, end: number, endOffset: number): void {
    this.#children().push({ text: this.#source.slice(start, end - endOffset), cdata: true });
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#source.slice(start, end);
    this.#attributes = {};
  }

  onattribname(start: number, end: number): void {
    this.#attribute = this.#source.slice(start, end);
    this.#value = '';
  }

  onattribdata(start: number, end: number): void {
    this.#value += this.#source.slice(start, end);
  }

  onattribend(): void {
    if (this.#attribute !== '__proto__') this.#attributes[this.#attribute] = decodeText(this.#value);
  }

  onopentagend(): void {
    const children = this.#append();
    this.#open.push({ name: this.#name, children });
    this.#openNames.set(this.#name, (this.#openNames.get(this.#name) ?? 0) + 1);
  }

  onselfclosingtag(): void {
    this.#append();
  }

  onclosetag(start: number, end: number): void {
    const name = this.#source.slice(start, end);
    if ((this.#openNames.get(name) ?? 0) === 0) return;
    let closed: string | undefined;
    do {
      closed = this.#open.pop()?.name;
      if (closed !== undefined) this.#openNames.set(closed, (this.#openNames.get(closed) ?? 1) - 1);
    } while (closed !== undefined && closed !== name);
  }

  readonly onattribentity = ignore;
  readonly oncomment = ignore;
  readonly ondeclaration = ignore;
  readonly onend = ignore;
  readonly onprocessinginstruction = ignore;
  readonly ontextentity = ignore;

  #children(): StorageNode[] {
    return this.#open.at(-1)?.children ?? this.root;
  }

  /** Adds the element just read; returns where its children go. */
  #append(): StorageNode[] {
    const siblings = this.#children();
    const children: StorageNode[] = [];
    const element: StorageElement = { name: this.#name, attributes: this.#attributes, children };
    siblings.push(element);
    return this.#open.length < MAX_DEPTH ? children : siblings;
  }
}

/** Reads storage format into a tree. Never throws: unclosed elements end with the text, stray end tags are dropped. */
export function parseStorage(storage: string): readonly StorageNode[] {
  const source = legalText(storage);
  const builder = new TreeBuilder(source);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, builder);
  tokenizer.write(source);
  tokenizer.end();
  return builder.root;
}
