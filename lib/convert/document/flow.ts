import { isInline, marksOf } from './nodes.js';
import type { Block, DocumentNode, Inline, Marks } from './nodes.js';
import { showsNothing, trimInlines } from './trim-inlines.js';

const UNCOLLAPSED = /[\t\n]| {2}/;
const WHITE_SPACE = /[ \t\n]+/g;
/** A no-break space beside no other white space shows as a plain one does. */
const LONE_NO_BREAK = /(?<!\s)\u00a0(?!\s)/g;

const SPACE: Inline = { type: 'text', value: ' ' };

const isVisible = ({ type }: Inline): boolean => type !== 'anchor' && type !== 'comment';

/** Labels do not run into other labels or code. */
const areApart = (a: Inline, b: Inline): boolean =>
  a.type === 'inlineCode' && b.type === 'inlineCode' && (a.isLabel === true || b.isLabel === true);

/** Marks with others around them; the inner link counts, and what both have stands once. */
function addOuterMarks(outer: Marks, marks: Marks): Marks {
  const isLinked = marks.some((mark) => typeof mark === 'object');
  const around = outer.filter((mark) => !marks.includes(mark) && !(isLinked && typeof mark === 'object'));
  return [...around, ...marks];
}

/**
 * Collects content in reading order: inline content gathers in a paragraph until a block, or the end, closes it.
 * White space collapses as HTML says, also across elements.
 */
export class Flow {
  readonly #blocks: Block[] = [];
  #inlines: Inline[] = [];
  #hasContent = false;
  #afterSpace = true;
  #shown = 0;

  /** Grows with everything that shows, and with comments. */
  get shown(): number {
    return this.#shown;
  }

  text(value: string, marks: Marks, type: 'text' | 'inlineCode' = 'text'): void {
    let collapsed = UNCOLLAPSED.test(value) ? value.replace(WHITE_SPACE, ' ') : value;
    if (type === 'text' && collapsed.includes('\u00a0')) collapsed = collapsed.replace(LONE_NO_BREAK, ' ');
    if (this.#afterSpace && collapsed.startsWith(' ')) collapsed = collapsed.slice(1);
    if (collapsed === '') return;
    this.#afterSpace = collapsed.endsWith(' ');
    this.#add({ type, value: collapsed, marks });
  }

  /** Adds finished content; `marks` go around it. Two line breaks in a row start a new paragraph. */
  push(node: DocumentNode, marks: Marks = []): void {
    if (!isInline(node)) {
      this.endParagraph();
      this.#shown += 1;
      this.#blocks.push(node);
    } else if (node.type === 'break' && this.#inlines.at(-1)?.type === 'break') {
      this.endParagraph();
    } else {
      this.#inline(marks.length === 0 ? node : { ...node, marks: addOuterMarks(marks, marksOf(node)) });
    }
  }

  /** A comment never starts a line: there it would make the whole line raw HTML. */
  #inline(inline: Inline): void {
    const last = this.#inlines.at(-1);
    if (inline.type === 'comment') this.#shown += 1;
    if (inline.type !== 'comment') {
      this.#afterSpace = inline.type === 'break';
      this.#add(inline);
    } else if (!this.#hasContent) {
      this.#blocks.push(inline);
    } else {
      const before = last?.type === 'break' ? -1 : this.#inlines.length;
      this.#inlines.splice(before, 0, inline);
    }
  }

  #add(inline: Inline): void {
    if (inline.type === 'inlineCode') {
      const last = this.#inlines.findLast(isVisible);
      if (last !== undefined && areApart(last, inline)) this.#inlines.push(SPACE);
    }
    const shows = !showsNothing(inline);
    this.#hasContent ||= shows;
    if (shows) this.#shown += 1;
    this.#inlines.push(inline);
  }

  endParagraph(): void {
    const inlines = this.#inlines;
    if (inlines.length === 0) return;
    this.#inlines = [];
    this.#hasContent = false;
    this.#afterSpace = true;
    const children = trimInlines(inlines);
    if (children.length > 0) this.#blocks.push({ type: 'paragraph', children });
  }

  end(): readonly Block[] {
    this.endParagraph();
    return this.#blocks;
  }
}
