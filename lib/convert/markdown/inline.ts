import { marksOf, oneLine } from '../document/nodes.js';
import type { Comment, Format, Image, Inline, Link, Mark, Marks } from '../document/nodes.js';
import { normaliseMarks, sharedMarks } from '../document/normalise-marks.js';
import { commentHtml, imageHtml } from '../html/inline.js';
import { escapeAttribute } from '../html/escape-html.js';
import type { PageAnchors } from '../links/page-anchors.js';
import { codeSpan } from './code-span.js';
import { DELIMITERS, settleDelimiters, TAGS } from './delimiters.js';
import type { Delimiter, Run } from './delimiters.js';
import { ANGLE_URL, escapeText } from './escape-text.js';
import { linkResource } from './link-destination.js';

export interface InlineOptions {
  readonly anchors: PageAnchors;
  /** Where the content stands; headings and cells take one line. */
  readonly place: 'paragraph' | 'heading' | 'cell';
}

/** Finished syntax, or a text that is escaped once its neighbours are known. */
interface Content {
  readonly type: 'syntax' | 'text' | 'break';
  readonly value: string;
  readonly inLink: boolean;
  readonly inCell: boolean;
}

type Piece = Content | Delimiter;

const syntax = (value: string): Content => ({ type: 'syntax', value, inLink: false, inCell: false });

const LINK_START = syntax('[');

function contentOf(inline: Inline, inLink: boolean, { anchors, place }: InlineOptions): Content {
  const inCell = place === 'cell';
  switch (inline.type) {
    case 'text':
      return { type: 'text', value: oneLine(inline.value), inLink, inCell };
    case 'inlineCode':
      return syntax(codeSpan(inline.value, { inCell, inLink }));
    case 'inlineMath':
      return syntax(`$${codeSpan(inline.value, { inCell, inLink })}$`);
    case 'break':
      return { type: 'break', value: place === 'paragraph' ? '\\\n' : '<br>', inLink, inCell };
    case 'image':
      return syntax(inline.width === undefined ? image(inline, inCell) : sizedImage(inline, inCell));
    case 'anchor':
      return syntax(`<a id="${escapeAttribute(anchors.idOf(inline.name))}"></a>`);
    case 'comment':
      return syntax(comment(inline, inCell));
  }
}

/** Bars would need a backslash in a cell that not all renderers take off; brackets may end the text of a link. */
function sizedImage(inline: Image, inCell: boolean): string {
  const html = imageHtml(inline).replaceAll(']', '&#93;');
  return inCell ? html.replaceAll('|', '&#124;') : html;
}

/** The same in a comment, which knows no references. */
function comment(inline: Comment, inCell: boolean): string {
  const html = commentHtml(inline).replaceAll(']:', '] :');
  return inCell ? html.replaceAll('|', '¦') : html;
}

function image({ alt, href, title }: Image, inCell: boolean): string {
  const text = escapeText(alt.replace(/\s+/g, ' '), { before: '[', after: ']', inLink: true, inCell });
  return `![${text}](${linkResource(href, title)})`;
}

const linkEnd = (link: Link, anchors: PageAnchors): string =>
  `](${linkResource(link.href === '' ? anchors.hrefOf(link.anchor ?? '') : link.href, link.title)})`;

/** Turns the marks around each content into opening and closing pieces. */
class PieceList {
  readonly pieces: Piece[] = [];
  readonly #options: InlineOptions;
  readonly #open: { readonly mark: Mark; readonly run: Run | undefined }[] = [];

  constructor(options: InlineOptions) {
    this.#options = options;
  }

  add(inline: Inline): void {
    const marks = marksOf(inline);
    if (marks.length > 0 || this.#open.length > 0) this.#moveTo(marks);
    this.pieces.push(
      contentOf(
        inline,
        marks.some((mark) => typeof mark === 'object'),
        this.#options,
      ),
    );
  }

  end(): readonly Piece[] {
    this.#moveTo([]);
    return this.pieces;
  }

  #moveTo(marks: Marks): void {
    const shared = sharedMarks(
      this.#open.map(({ mark }) => mark),
      marks,
    );
    while (this.#open.length > shared) this.#close();
    for (const mark of marks.slice(shared)) this.#openMark(mark);
  }

  #openMark(mark: Mark): void {
    const run = typeof mark === 'string' ? { format: mark, html: DELIMITERS[mark] === undefined } : undefined;
    this.#open.push({ mark, run });
    this.pieces.push(
      run === undefined
        ? LINK_START
        : run.html
          ? syntax(tag(run.format))
          : { type: 'delimiter', opens: true, run },
    );
  }

  #close(): void {
    const last = this.#open.pop();
    if (last === undefined) return;
    const { mark, run } = last;
    if (typeof mark === 'object') this.#closeLink(mark);
    else if (run?.html === false) this.pieces.push({ type: 'delimiter', opens: false, run });
    else this.pieces.push(syntax(tag(mark, '/')));
  }

  /** A link whose text is its address needs no brackets but angle ones. */
  #closeLink(link: Link): void {
    const content = this.pieces.at(-1);
    const isWhole = this.pieces.at(-2) === LINK_START;
    if (isWhole && content?.type === 'text' && isAutolink(link, content.value)) {
      this.pieces.splice(-2, 2, syntax(`<${link.href}>`));
    } else this.pieces.push(syntax(linkEnd(link, this.#options.anchors)));
  }
}

const isAutolink = ({ href, title }: Link, value: string): boolean =>
  value === href && (title === undefined || title === '') && ANGLE_URL.test(href);

const tag = (format: Format, slash = ''): string => `<${slash}${TAGS[format]}>`;

const ADDRESS = /:\/\/|www\./i;

/** What follows a piece on its line. */
const following = (next: Piece | undefined): string => {
  if (next === undefined) return '';
  return next.type === 'break' ? next.value.charAt(0) : '*';
};

/** A content as it will stand between delimiters: addresses in a text may get brackets. */
function written(content: Content, next: Piece | undefined): string {
  const { type, value, inLink, inCell } = content;
  if (type !== 'text' || !ADDRESS.test(value)) return value;
  return escapeText(value, { before: '*', after: following(next), inLink, inCell });
}

const firstCharacter = (content: Content | undefined, next: Piece | undefined): string =>
  content === undefined || content.type === 'break'
    ? ''
    : String.fromCodePoint(written(content, next).codePointAt(0) ?? 32);

const lastCharacter = (content: Content | undefined, next: Piece | undefined): string =>
  content === undefined || content.type === 'break' ? '' : (/.$/su.exec(written(content, next))?.[0] ?? '');

/** Settles each group of delimiters that has no content between. */
function settleAll(pieces: readonly Piece[]): void {
  if (!pieces.some(({ type }) => type === 'delimiter')) return;
  let before: Content | undefined;
  let group: Delimiter[] = [];
  for (let index = 0; index <= pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece?.type === 'delimiter') {
      group.push(piece);
      continue;
    }
    if (group.length > 0) {
      settleDelimiters(group, lastCharacter(before, group[0]), firstCharacter(piece, pieces[index + 1]));
      group = [];
    }
    before = piece;
  }
}

const delimiterText = ({ opens, run }: Delimiter): string =>
  run.html ? tag(run.format, opens ? '' : '/') : (DELIMITERS[run.format] ?? '');

function textOf(text: Content, before: string, next: Piece | undefined): string {
  const value = next?.type === 'break' ? text.value.trimEnd() : text.value;
  const after = next?.type === 'syntax' ? next.value.charAt(0) : following(next);
  return escapeText(value, { before, after, inLink: text.inLink, inCell: text.inCell });
}

function write(pieces: readonly Piece[]): string[] {
  const parts: string[] = [];
  pieces.forEach((piece, index) => {
    if (piece.type === 'delimiter') parts.push(delimiterText(piece));
    else if (piece.type !== 'text') parts.push(piece.value);
    else parts.push(textOf(piece, parts.at(-1)?.slice(-1).replace('\n', '') ?? '', pieces[index + 1]));
  });
  return parts;
}

/** The start of a definition of a link or a footnote, which would show nowhere. */
const LABEL = /^\[(?:[^[\]\\]|\\[^]){1,999}\]:/;
const LONGEST_LABEL = 1000;

/** Escapes the brackets of texts that would begin a definition at the start of a line. */
function escapeLabels(parts: string[], pieces: readonly Piece[]): void {
  for (const [index, piece] of pieces.entries()) {
    const isAtStart = index === 0 || pieces[index - 1]?.type === 'break';
    if (piece.type !== 'text' || !isAtStart || parts[index]?.startsWith('[') !== true) continue;
    let label = '';
    for (let next = index; next < parts.length && label.length <= LONGEST_LABEL; next += 1)
      label += parts[next]?.slice(0, LONGEST_LABEL) ?? '';
    if (LABEL.test(label)) parts[index] = `\\${parts[index] ?? ''}`;
  }
}

/** Inline content as Markdown, lines of a paragraph separated by line feeds. */
export function inlineMarkdown(inlines: readonly Inline[], options: InlineOptions): string {
  const [first, second] = inlines;
  if (
    first?.type === 'text' &&
    second === undefined &&
    marksOf(first).length === 0 &&
    !first.value.startsWith('[')
  ) {
    return escapeText(oneLine(first.value), {
      before: '',
      after: '',
      inLink: false,
      inCell: options.place === 'cell',
    });
  }
  const list = new PieceList(options);
  for (const inline of normaliseMarks(inlines)) list.add(inline);
  const pieces = list.end();
  settleAll(pieces);
  const parts = write(pieces);
  if (options.place === 'paragraph') escapeLabels(parts, pieces);
  return parts.join('');
}
