import type { Dialect } from '../dialects/dialect.js';
import { marksOf, oneLine } from '../document/nodes.js';
import type { Comment, TextStyle, Image, Inline, Link, Mark, Marks } from '../document/nodes.js';
import { sharedMarks } from '../document/normalise-marks.js';
import { commentHtml, imageHtml } from '../html/inline-html.js';
import { escapeAttribute } from '../html/escape-html.js';
import type { PageAnchors } from '../links/page-anchors.js';
import { codeSpan } from './code-span.js';
import { TAGS } from './delimiters.js';
import type { Delimiter, Run } from './delimiters.js';
import { ANGLE_URL, escapeText, isPlain } from './escape-text.js';
import { linkResource } from './link-resource.js';
import { risksIn } from './risks.js';

export interface InlineOptions {
  readonly anchors: PageAnchors;
  /** Where the content stands; headings and cells take one line. */
  readonly place: 'paragraph' | 'heading' | 'cell';
  /** Whether other content stands on the same line, in elements of HTML. Default: no. */
  readonly isPart?: boolean;
}

/** Finished syntax, or a text that is escaped once its neighbours are known. */
export interface Content {
  readonly type: 'syntax' | 'text' | 'break';
  readonly value: string;
  readonly inLink: boolean;
  /** Nothing in it can be taken for syntax. */
  readonly isPlain: boolean;
}

export type Piece = Content | Delimiter;

const content = (type: Content['type'], value: string, inLink = false, isPlain = false): Content => ({
  type,
  value,
  inLink,
  isPlain,
});

const syntax = (value: string): Content => content('syntax', value);

const LINK_START = syntax('[');

function contentOf(inline: Inline, inLink: boolean, { anchors, place }: InlineOptions): Content {
  const inCell = place === 'cell';
  const { dialect } = anchors;
  switch (inline.type) {
    case 'text': {
      const value = oneLine(inline.value);
      return content('text', value, inLink, isPlain(value, dialect));
    }
    case 'inlineCode':
      return syntax(codeSpan(inline.value, { inCell, inLink, dialect }));
    case 'inlineMath':
      return syntax(math(inline.value, { inCell, inLink, dialect }));
    case 'break':
      return content('break', place === 'paragraph' ? dialect.lineBreak : '<br>');
    case 'image':
      return syntax(
        (inline.width ?? inline.height) === undefined
          ? image(inline, inCell, dialect)
          : sizedImage(inline, inCell, dialect),
      );
    case 'anchor':
      return syntax(`<a id="${escapeAttribute(anchors.idOf(inline.name))}"></a>`);
    case 'comment':
      return syntax(comment(inline, inCell));
  }
}

/** A formula between dollars where that is the form and nothing in it ends it. */
const math = (value: string, place: Parameters<typeof codeSpan>[1]): string =>
  place.dialect.dollars && /^[^$\s](?:[^$\n]*[^$\s])?$/.test(value)
    ? `$${value}$`
    : `$${codeSpan(value, place)}$`;

/** Bars would need a backslash in a cell that not all renderers take off; brackets may end the text of a link. */
function sizedImage(inline: Image, inCell: boolean, dialect: Dialect): string {
  if (dialect.imageSize !== undefined) return image(inline, inCell, dialect) + dialect.imageSize(inline);
  const html = imageHtml(inline).replaceAll(']', '&#93;');
  return inCell ? html.replaceAll('|', '&#124;') : html;
}

/** The same in a comment, which knows no references. */
function comment(inline: Comment, inCell: boolean): string {
  const html = commentHtml(inline).replaceAll(']:', '] :');
  return inCell ? html.replaceAll('|', '¦') : html;
}

function image({ alt, href, title }: Image, inCell: boolean, dialect: Dialect): string {
  const line = alt.replace(/\s+/g, ' ');
  const risks = risksIn([line]);
  const text = escapeText(line, {
    before: '[',
    after: ']',
    inLink: true,
    noElements: true,
    inCell,
    risks,
    dialect,
  });
  return `![${text}](${linkResource(href, title)})`;
}

const linkEnd = (link: Link, anchors: PageAnchors): string =>
  `](${linkResource(link.href === '' ? anchors.hrefOf(link.anchor ?? '') : link.href, link.title)})`;

/** Turns the marks around each content into opening and closing pieces. */
export class PieceList {
  readonly #pieces: Piece[] = [];
  readonly #options: InlineOptions;
  /** The marks that are open, and the runs of those that are formats. */
  readonly #open: Mark[] = [];
  readonly #runs: (Run | undefined)[] = [];

  constructor(options: InlineOptions) {
    this.#options = options;
  }

  add(inline: Inline): void {
    const marks = marksOf(inline);
    if (marks.length > 0 || this.#open.length > 0) this.#moveTo(marks);
    this.#pieces.push(contentOf(inline, marks.length > 0 && marks.some(isLink), this.#options));
  }

  end(): readonly Piece[] {
    this.#moveTo([]);
    return this.#pieces;
  }

  #moveTo(marks: Marks): void {
    const shared = sharedMarks(this.#open, marks);
    while (this.#open.length > shared) this.#close();
    for (let index = shared; index < marks.length; index += 1) this.#openMark(marks[index]);
  }

  #openMark(mark: Mark | undefined): void {
    if (mark === undefined) return;
    const run =
      typeof mark === 'string'
        ? { format: mark, html: this.#options.anchors.dialect.delimiters[mark] === undefined }
        : undefined;
    this.#open.push(mark);
    this.#runs.push(run);
    this.#pieces.push(
      run === undefined
        ? LINK_START
        : run.html
          ? syntax(tag(run.format))
          : { type: 'delimiter', opens: true, run },
    );
  }

  #close(): void {
    const mark = this.#open.pop();
    const run = this.#runs.pop();
    if (mark === undefined) return;
    if (typeof mark === 'object') this.#closeLink(mark);
    else if (run?.html === false) this.#pieces.push({ type: 'delimiter', opens: false, run });
    else this.#pieces.push(syntax(tag(mark, '/')));
  }

  /** A link whose text is its address needs no brackets but angle ones. */
  #closeLink(link: Link): void {
    const content = this.#pieces.at(-1);
    const isWhole = this.#pieces.at(-2) === LINK_START;
    if (isWhole && content?.type === 'text' && isAutolink(link, content.value)) {
      this.#pieces.splice(-2, 2, syntax(`<${link.href}>`));
    } else this.#pieces.push(syntax(linkEnd(link, this.#options.anchors)));
  }
}

const isLink = (mark: Mark): boolean => typeof mark === 'object';

const isAutolink = ({ href, title }: Link, value: string): boolean =>
  value === href && (title === undefined || title === '') && ANGLE_URL.test(href);

export const tag = (format: TextStyle, slash = ''): string => `<${slash}${TAGS[format]}>`;
