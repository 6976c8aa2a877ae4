import type { AlertKind, TextStyle, Image } from '../document/nodes.js';

/** The dialects of Markdown that can be written. */
export type Flavor = 'github' | 'obsidian' | 'mkdocs';

/** How a quotation of a kind is written. */
interface AlertForm {
  /** Stands before its first line, and before the others. */
  readonly first: string;
  readonly rest: string;
  /** The line that names the kind, and the title where the form has a place for one. */
  readonly head: (kind: AlertKind, title: string | undefined) => string;
  readonly takesTitle: boolean;
  /** Whether it works in other blocks, too. */
  readonly nests: boolean;
}

/** What differs between the dialects: the writer asks, nobody else decides. */
export interface Dialect {
  readonly alert: AlertForm;
  readonly lineBreak: string;
  /** Formats that have delimiters of their own; the others are HTML. */
  readonly delimiters: Readonly<Partial<Record<TextStyle, string>>>;
  /** Stands before the lines of an item below that with the marker. */
  readonly indent: (marker: string) => string;
  /** Whether other markers begin another list. */
  readonly alternates: boolean;
  /** Whether an item may begin with a block that is no text and no list. */
  readonly itemsBeginWithBlocks: boolean;
  readonly details: string;
  /** Whether links and pictures must be Markdown in elements of HTML, too, to be led to their files. */
  readonly markdownInHtml: boolean;
  /** Takes its meaning from characters. */
  readonly escape: (characters: string) => string;
  /** What has a meaning here beyond that in GitHub's dialect; the first character is escaped. Global. */
  readonly special?: RegExp;
  /** The same at the start of a line. */
  readonly specialLine?: RegExp;
  /** Whether a code span may hold an escaped bar in a cell of a table. */
  readonly barsInCode: boolean;
  /**
   * Mathematics between dollars, which `special` escapes; else code with a dollar on either side is the form, and
   * elements keep dollars of a text apart.
   */
  readonly dollars: boolean;
  /** What follows a picture to give it a size; absent where that takes an element of HTML. */
  readonly imageSize?: (size: Pick<Image, 'width' | 'height'>) => string;
  /** Gives the headings of a page their ids, in their order. */
  readonly headingIds: () => (text: string) => string;
  /** What follows the address of a page in a link to a heading on it. */
  readonly fragment: (id: string, text: string) => string;
}
