/** A link around inline content. `anchor` names a heading or anchor of the same page when there is no `href`. */
export interface Link {
  readonly type: 'link';
  readonly href: string;
  readonly title?: string | undefined;
  readonly anchor?: string | undefined;
}

/** Formatting around inline content, outermost first in a list of them. */
export type Mark = Format | Link;
export type Format = 'strong' | 'emphasis' | 'delete' | 'underline' | 'subscript' | 'superscript' | 'small';
export type Marks = readonly Mark[];

interface Marked {
  /** Default: none. */
  readonly marks?: Marks;
}

export interface Text extends Marked {
  readonly type: 'text';
  readonly value: string;
}

export interface InlineCode extends Marked {
  readonly type: 'inlineCode';
  readonly value: string;
  /** A label, such as a status: code right beside it is not a part of it. Default: no. */
  readonly isLabel?: boolean | undefined;
}

export interface InlineMath extends Marked {
  readonly type: 'inlineMath';
  readonly value: string;
}

export interface Break extends Marked {
  readonly type: 'break';
}

export interface Image extends Marked {
  readonly type: 'image';
  readonly href: string;
  readonly alt: string;
  readonly title?: string | undefined;
  /** Pixels. Default: the picture's own width. */
  readonly width?: number | undefined;
  /** Pixels, when the width follows from them. Default: the picture's own height. */
  readonly height?: number | undefined;
}

/** A target that links can point to. */
export interface Anchor extends Marked {
  readonly type: 'anchor';
  readonly name: string;
}

/** Invisible note: what a reader of the source should know. */
export interface Comment extends Marked {
  readonly type: 'comment';
  readonly value: string;
}

export type Inline = Text | InlineCode | InlineMath | Break | Image | Anchor | Comment;

export interface Paragraph {
  readonly type: 'paragraph';
  readonly children: readonly Inline[];
}

export interface Heading {
  readonly type: 'heading';
  /** 1 to 6. */
  readonly depth: number;
  readonly children: readonly Inline[];
}

export interface Code {
  readonly type: 'code';
  readonly value: string;
  readonly lang?: string | undefined;
}

/** Markdown that goes to the output as it is: the author answers for its safety. */
export interface Markdown {
  readonly type: 'markdown';
  readonly value: string;
}

export type AlertKind = 'NOTE' | 'TIP' | 'IMPORTANT' | 'WARNING' | 'CAUTION';

export interface Blockquote {
  readonly type: 'blockquote';
  readonly children: readonly Block[];
  readonly alert?: AlertKind | undefined;
}

export interface ListItem {
  readonly children: readonly Block[];
  /** A task: done or not. Default: no task. */
  readonly checked?: boolean | undefined;
}

export interface List {
  readonly type: 'list';
  readonly ordered: boolean;
  /** First number of an ordered list. Default 1. */
  readonly start?: number | undefined;
  readonly items: readonly ListItem[];
}

export interface DefinitionList {
  readonly type: 'definitionList';
  readonly items: readonly { readonly term: boolean; readonly children: readonly Block[] }[];
}

/** How the text of a cell is aligned, where that is not the usual way. */
export type Align = 'center' | 'right';

export interface TableCell {
  readonly header: boolean;
  readonly colspan: number;
  /** 0: all rows that follow. */
  readonly rowspan: number;
  readonly align?: Align | undefined;
  readonly children: readonly Block[];
}

export interface Table {
  readonly type: 'table';
  readonly rows: readonly (readonly TableCell[])[];
}

export interface Details {
  readonly type: 'details';
  readonly summary: string;
  readonly children: readonly Block[];
}

/** The headings of the page as a list of links, filled in when the page is complete. */
export interface TableOfContents {
  readonly type: 'toc';
  readonly minDepth: number;
  readonly maxDepth: number;
  /** Patterns of the headings to list and of those to leave out. Default: all, and none. */
  readonly include?: string | undefined;
  readonly exclude?: string | undefined;
}

export interface ThematicBreak {
  readonly type: 'thematicBreak';
}

export type Block =
  | Paragraph
  | Heading
  | Code
  | Markdown
  | Blockquote
  | List
  | DefinitionList
  | Table
  | Details
  | TableOfContents
  | ThematicBreak
  | Comment;

/** What a macro handler returns: blocks, or inline content that joins the paragraph around the macro. */
export type DocumentNode = Block | Inline;

const NO_MARKS: Marks = [];

export const marksOf = (inline: Inline): Marks => inline.marks ?? NO_MARKS;

const INLINE = new Set<DocumentNode['type']>([
  'text',
  'inlineCode',
  'inlineMath',
  'break',
  'image',
  'anchor',
  'comment',
]);

export const isInline = (node: DocumentNode): node is Inline => INLINE.has(node.type);

/** A text on one line: a line break in it is white space. */
export const oneLine = (value: string): string => (value.includes('\n') ? value.replace(/\n+/g, ' ') : value);

export const text = (value: string, marks: Marks = NO_MARKS): Text => ({ type: 'text', value, marks });
export const paragraph = (...children: readonly Inline[]): Paragraph => ({ type: 'paragraph', children });
