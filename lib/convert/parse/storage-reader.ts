import { decodeText } from './decode-text.js';
import { finder } from './finder.js';

type Attributes = Readonly<Record<string, string>>;

/** Takes the pieces of a document in their order. */
export interface StorageSink {
  text(text: string): void;
  cdata(text: string): void;
  start(name: string, attributes: Attributes, isEmpty: boolean): void;
  end(name: string): void;
}

interface Tag {
  readonly kind: 'start' | 'empty' | 'end';
  readonly name: string;
  readonly attributes: Attributes;
}

const NO_ATTRIBUTES: Attributes = Object.freeze({});

/** Tags as short as these mostly have no attributes, and come again and again: each is read once. */
const SHORT_TAG = 32;
/** A tag that goes on and on is none. */
const MOST_ATTRIBUTES = 99;

const CDATA = '<![CDATA[';
const CDATA_END = ']]>';
const COMMENT = '<!--';
const COMMENT_END = '-->';
const DECLARATION = /<[!?][a-z][^<>]*>/iy;

const BEGINS_NAME = /[a-z_]/i;
const IN_NAME = /[\w:.-]/;
const SPACE = /\s/;

const table = (pattern: RegExp): readonly boolean[] =>
  Array.from({ length: 256 }, (_, code) => pattern.test(String.fromCharCode(code)));

/** Characters by their codes: what Latin does not hold begins no name, stands in none, and is no space. */
const BEGINS = table(BEGINS_NAME);
const GOES_ON = table(IN_NAME);
const BLANK = table(SPACE);

const [SLASH, EQUALS, GREATER, LESS] = ['/', '=', '>', '<'].map((each) => each.charCodeAt(0));
const [DOUBLE, SINGLE] = ['"', "'"].map((each) => each.charCodeAt(0));

/**
 * Reads storage format from its start to its end. What is whole markup is read as such; a bracket that begins none is a
 * character of the text.
 */
export class StorageReader {
  readonly #source: string;
  readonly #sink: StorageSink;
  readonly #shortTags = new Map<string, Tag>();
  readonly #nextGreater: (from: number) => number;
  readonly #nextComment: (from: number) => number;
  readonly #nextCommentEnd: (from: number) => number;
  /** Where the text begins that the sink has not got yet. */
  #done = 0;
  /** Where the part of a tag ends that is read, and whether a slash stood in the gap before. */
  #at = 0;
  #isSlashed = false;

  constructor(source: string, sink: StorageSink) {
    this.#source = source;
    this.#sink = sink;
    this.#nextGreater = finder(source, '>');
    this.#nextComment = finder(source, COMMENT);
    this.#nextCommentEnd = finder(source, COMMENT_END);
  }

  read(): void {
    const source = this.#source;
    let bracket = source.indexOf('<');
    while (bracket >= 0) {
      const greater = this.#nextGreater(bracket);
      if (greater === Infinity) break;
      const end = this.#shortTag(bracket, greater) ?? this.#markup(bracket);
      if (end !== undefined) this.#done = end;
      bracket = source.indexOf('<', end ?? bracket + 1);
    }
    this.#flush(source.length);
  }

  /** Gives the text before a position to the sink. */
  #flush(end: number): void {
    if (end > this.#done) this.#sink.text(decodeText(this.#source.slice(this.#done, end)));
  }

  /** Reads a short tag without a value; returns where it ends. */
  #shortTag(bracket: number, greater: number): number | undefined {
    if (greater - bracket > SHORT_TAG) return undefined;
    const text = this.#source.slice(bracket + 1, greater);
    let tag = this.#shortTags.get(text);
    if (tag === undefined) {
      tag = this.#tag(bracket);
      if (tag === undefined || this.#at !== greater + 1) return undefined;
      if (tag.attributes === NO_ATTRIBUTES) this.#shortTags.set(text, tag);
    }
    this.#write(bracket, tag);
    return greater + 1;
  }

  #write(bracket: number, { kind, name, attributes }: Tag): void {
    this.#flush(bracket);
    if (kind === 'end') this.#sink.end(name);
    else this.#sink.start(name, attributes, kind === 'empty');
  }

  /** Reads the markup at a bracket; returns where it ends, `undefined` where there is none. */
  #markup(bracket: number): number | undefined {
    const source = this.#source;
    if (source.startsWith(CDATA, bracket)) return this.#cdata(bracket);
    if (source.startsWith(COMMENT, bracket)) return this.#comment(bracket);
    const tag = this.#tag(bracket);
    if (tag !== undefined) {
      this.#write(bracket, tag);
      return this.#at;
    }
    DECLARATION.lastIndex = bracket;
    if (!DECLARATION.test(source)) return undefined;
    this.#flush(bracket);
    return DECLARATION.lastIndex;
  }

  #cdata(bracket: number): number | undefined {
    const start = bracket + CDATA.length;
    const end = this.#source.indexOf(CDATA_END, start);
    if (end < 0) return undefined;
    this.#flush(bracket);
    this.#sink.cdata(this.#source.slice(start, end));
    return end + CDATA_END.length;
  }

  /** A comment that runs on into the next is none: its end is missing. */
  #comment(bracket: number): number | undefined {
    const start = bracket + COMMENT.length;
    const end = this.#nextCommentEnd(start);
    if (end === Infinity || this.#nextComment(start) < end) return undefined;
    this.#flush(bracket);
    return end + COMMENT_END.length;
  }

  #tag(bracket: number): Tag | undefined {
    const isEnd = this.#source.charCodeAt(bracket + 1) === SLASH;
    this.#at = bracket + (isEnd ? 2 : 1);
    if (isEnd) this.#skipSpace();
    const name = this.#name();
    if (name === '') return undefined;
    if (isEnd) return this.#closes() ? { kind: 'end', name, attributes: NO_ATTRIBUTES } : undefined;
    const attributes = this.#attributes();
    if (attributes === undefined || this.#source.charCodeAt(this.#at) !== GREATER) return undefined;
    this.#at += 1;
    return { kind: this.#isSlashed ? 'empty' : 'start', name, attributes };
  }

  /** Goes on to the end of an end tag, whatever stands there; `false` where that is missing. */
  #closes(): boolean {
    const greater = this.#nextGreater(this.#at);
    const less = this.#source.indexOf('<', this.#at);
    this.#at = greater + 1;
    return greater < Infinity && (less < 0 || less > greater);
  }

  /** Skips what stands between attributes. */
  #skipGap(): void {
    this.#skipSpace();
    this.#isSlashed = false;
    while (this.#source.charCodeAt(this.#at) === SLASH) {
      this.#isSlashed = true;
      this.#at += 1;
      this.#skipSpace();
    }
  }

  #skipSpace(): void {
    while (BLANK[this.#source.charCodeAt(this.#at)] === true) this.#at += 1;
  }

  /** Reads a name; empty where there is none. */
  #name(): string {
    const start = this.#at;
    if (BEGINS[this.#source.charCodeAt(start)] !== true) return '';
    let end = start + 1;
    while (GOES_ON[this.#source.charCodeAt(end)] === true) end += 1;
    this.#at = end;
    return this.#source.slice(start, end);
  }

  /** Reads attributes and the gap after them; `undefined` where something else stands among them. */
  #attributes(): Attributes | undefined {
    let attributes: Record<string, string> | undefined;
    for (let count = 0; count <= MOST_ATTRIBUTES; count += 1) {
      this.#skipGap();
      const name = this.#name();
      if (name === '') return attributes ?? NO_ATTRIBUTES;
      const value = this.#value();
      if (value === undefined) return undefined;
      attributes ??= {};
      if (name !== '__proto__') attributes[name] = value;
    }
    return undefined;
  }

  /** Reads the value of an attribute, empty where it has none; `undefined` where it does not end. */
  #value(): string | undefined {
    const source = this.#source;
    const before = this.#at;
    this.#skipSpace();
    if (source.charCodeAt(this.#at) !== EQUALS) {
      this.#at = before;
      return '';
    }
    this.#at += 1;
    this.#skipSpace();
    const quote = source.charCodeAt(this.#at);
    if (quote !== DOUBLE && quote !== SINGLE) return this.#unquoted();
    const start = this.#at + 1;
    const end = source.indexOf(quote === DOUBLE ? '"' : "'", start);
    if (end < 0) return undefined;
    this.#at = end + 1;
    return decodeText(source.slice(start, end));
  }

  #unquoted(): string | undefined {
    const start = this.#at;
    for (let code = this.#source.charCodeAt(start); ; code = this.#source.charCodeAt(this.#at)) {
      if (code === GREATER || BLANK[code] === true) break;
      if (Number.isNaN(code) || code === LESS || code === DOUBLE || code === SINGLE) return undefined;
      this.#at += 1;
    }
    return decodeText(this.#source.slice(start, this.#at));
  }
}
