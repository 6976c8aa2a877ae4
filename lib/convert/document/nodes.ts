/** A link around inline content. `anchor` names a heading or anchor of the same page when there is no `href`. */
export interface Link {
  readonly type: 'link';
  readonly href: string;
  readonly title?: string | undefined;
  readonly anchor?: string | undefined;
}

/** Formatting around inline content, outermost first in a list of them. */
export type Mark = TextStyle | Link;
/** How text looks. */
export type TextStyle =
  'strong' | 'emphasis' | 'delete' | 'underline' | 'subscript' | 'superscript' | 'small';
/** Formats and links around inline content, the outermost first. */
export type Marks = readonly Mark[];

/** Inline content may have marks around it. */
export interface Marked {
  /** Default: none. */
  readonly marks?: Marks;
}

/** Characters, with marks around them. */
export interface Text extends Marked {
  readonly type: 'text';
  readonly value: string;
}

/** Text that is shown as it is, within a line. */
export interface InlineCode extends Marked {
  readonly type: 'inlineCode';
  readonly value: string;
  /** A label, such as a status: code right beside it is not a part of it. Default: no. */
  readonly isLabel?: boolean | undefined;
}

/** A formula in LaTeX, within a line. */
export interface InlineMath extends Marked {
  readonly type: 'inlineMath';
  readonly value: string;
}

/** A new line within a paragraph. */
export interface Break extends Marked {
  readonly type: 'break';
}

/** A picture, by its address. */
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

/** What stands within a line. */
export type Inline = Text | InlineCode | InlineMath | Break | Image | Anchor | Comment;

/** A paragraph. */
export interface Paragraph {
  readonly type: 'paragraph';
  readonly children: readonly Inline[];
}

/** A heading of depth 1 to 6. */
export interface Heading {
  readonly type: 'heading';
  /** 1 to 6. */
  readonly depth: number;
  readonly children: readonly Inline[];
}

/** Text that is shown as it is, in lines. */
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

/** The five kinds of alerts, by the names that GitHub has for them. */
export type AlertKind = 'NOTE' | 'TIP' | 'IMPORTANT' | 'WARNING' | 'CAUTION';

/** A quotation; with `alert` a note with a title. */
export interface Blockquote {
  readonly type: 'blockquote';
  readonly children: readonly Block[];
  readonly alert?: AlertKind | undefined;
}

/** An item of a list. */
export interface ListItem {
  readonly children: readonly Block[];
  /** A task: done or not. Default: no task. */
  readonly checked?: boolean | undefined;
}

/** Items with bullets, numbers or boxes to tick. */
export interface List {
  readonly type: 'list';
  readonly ordered: boolean;
  /** First number of an ordered list. Default 1. */
  readonly start?: number | undefined;
  readonly items: readonly ListItem[];
}

/** Terms with what they mean. */
export interface DefinitionList {
  readonly type: 'definitionList';
  readonly items: readonly { readonly term: boolean; readonly children: readonly Block[] }[];
}

/** How the text of a cell is aligned, where that is not the usual way. */
export type Align = 'center' | 'right';

/** A cell of a table. */
export interface TableCell {
  readonly header: boolean;
  readonly colspan: number;
  /** 0: all rows that follow. */
  readonly rowspan: number;
  readonly align?: Align | undefined;
  readonly children: readonly Block[];
}

/** A table; the first row is its head. */
export interface Table {
  readonly type: 'table';
  readonly rows: readonly (readonly TableCell[])[];
}

/** Content below a line that opens it. */
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

/** A line across. */
export interface ThematicBreak {
  readonly type: 'thematicBreak';
}

/** What stands by itself, one below the other. */
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

/** The marks of inline content; none where there are none. */
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

/** Whether a node stands within a line. */
export const isInline = (node: DocumentNode): node is Inline => INLINE.has(node.type);

/** A text on one line: a line break in it is white space. */
export const oneLine = (value: string): string => (value.includes('\n') ? value.replace(/\n+/g, ' ') : value);

/** Makes text. */
export const text = (value: string, marks: Marks = NO_MARKS): Text => ({ type: 'text', value, marks });
/** Makes a paragraph. */
export const paragraph = (...children: readonly Inline[]): Paragraph => ({ type: 'paragraph', children });
