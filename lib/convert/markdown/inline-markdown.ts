import type { Dialect } from '../dialects/dialect.js';
import { marksOf, oneLine } from '../document/nodes.js';
import type { Inline } from '../document/nodes.js';
import { normaliseMarks } from '../document/normalise-marks.js';
import { withoutRepeatedAnchors } from '../links/page-anchors.js';
import { settleDelimiters } from './delimiters.js';
import type { Delimiter } from './delimiters.js';
import { escapeText, isPlain } from './escape-text.js';
import { PieceList, tag } from './piece-list.js';
import { ALL_RISKS, hasRun, NO_RISKS, risksIn } from './risks.js';
import type { Escaping, Risks } from './risks.js';
import type { Content, InlineOptions, Piece } from './piece-list.js';

const ADDRESS = /:\/\/|www\./i;

/** What follows a piece on its line. */
const following = (next: Piece | undefined): string => {
  if (next === undefined) return '';
  return next.type === 'break' ? next.value.charAt(0) : '*';
};

/** A content as it will stand between delimiters: addresses in a text may get brackets. */
function writtenText(content: Content, next: Piece | undefined, escaping: Escaping): string {
  const { type, value, inLink, isPlain } = content;
  if (isPlain || type !== 'text' || !ADDRESS.test(value)) return value;
  return escapeText(value, { before: '*', after: following(next), inLink, ...escaping });
}

/** Whether a content ends its line, which counts as white space; a break in a cell is an element. */
const endsLine = ({ type, value }: Content): boolean => type === 'break' && value.endsWith('\n');

const firstCharacter = (content: Content | undefined, next: Piece | undefined, escaping: Escaping): string =>
  content === undefined || endsLine(content)
    ? ''
    : String.fromCodePoint(writtenText(content, next, escaping).codePointAt(0) ?? 32);

const LARGEST_UNIT = 0xffff;

function lastCharacter(content: Content | undefined, next: Piece | undefined, escaping: Escaping): string {
  if (content === undefined || endsLine(content)) return '';
  const end = writtenText(content, next, escaping).slice(-2);
  return (end.codePointAt(0) ?? 0) > LARGEST_UNIT ? end : end.slice(-1);
}

/** Settles each group of delimiters that has no content between. */
function settleAll(pieces: readonly Piece[], escaping: Escaping): void {
  let before: Content | undefined;
  let group: Delimiter[] = [];
  let open = 0;
  for (let index = 0; index <= pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece?.type === 'delimiter') {
      group.push(piece);
      continue;
    }
    if (group.length > 0) {
      settleDelimiters(
        group,
        lastCharacter(before, group[0], escaping),
        firstCharacter(piece, pieces[index + 1], escaping),
        open > 0,
      );
      for (const { opens } of group) open += opens ? 1 : -1;
      group = [];
    }
    before = piece;
  }
}

const delimiterText = ({ opens, run }: Delimiter, { delimiters }: Dialect): string =>
  run.html ? tag(run.format, opens ? '' : '/') : (delimiters[run.format] ?? '');

/** A text without the white space before a line break. */
const shownValue = ({ value }: Content, next: Piece | undefined): string =>
  next?.type === 'break' ? value.trimEnd() : value;

/** A text among its pieces; `before`: all that is written before it, `end`: what follows the last of the content. */
function textOf(
  text: Content,
  next: Piece | undefined,
  before: string,
  end: string,
  escaping: Escaping,
): string {
  const value = shownValue(text, next);
  if (text.isPlain) return value;
  const after = next?.type === 'syntax' ? next.value.charAt(0) : next === undefined ? end : following(next);
  return escapeText(value, { before, after, inLink: text.inLink, ...escaping });
}

/** The start of a definition of a link or a footnote, which would show nowhere. */
const LABEL = /^\[(?:[^[\]\\]|\\[^]){1,999}\]:/;

/** Escapes the brackets of texts that would begin a definition; `starts`: where those texts stand, in order. */
const escapeLabels = (markdown: string, starts: readonly number[]): string =>
  starts.reduceRight(
    (text, start) => (LABEL.test(text.slice(start)) ? `${text.slice(0, start)}\\${text.slice(start)}` : text),
    markdown,
  );

function write(
  pieces: readonly Piece[],
  { place, isPart = false }: InlineOptions,
  escaping: Escaping,
): string {
  const end = isPart ? '<' : '';
  const labels: number[] = [];
  let markdown = '';
  let before = isPart ? '>' : '';
  let isAtStart = place === 'paragraph';
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined) break;
    let part: string;
    if (piece.type === 'delimiter') part = delimiterText(piece, escaping.dialect);
    else if (piece.type !== 'text') part = piece.value;
    else {
      part = textOf(piece, pieces[index + 1], before, end, escaping);
      if (isAtStart && part.startsWith('[')) labels.push(markdown.length);
    }
    isAtStart = place === 'paragraph' && piece.type === 'break';
    before = piece.type === 'break' && part.endsWith('\n') ? '' : part.slice(-1);
    markdown += part;
  }
  return labels.length === 0 ? markdown : escapeLabels(markdown, labels);
}

/** The risks in content, with the delimiters that formats may get. */
function risksOf(pieces: readonly Piece[], dialect: Dialect): Risks {
  if (!pieces.some((piece) => piece.type === 'text' && !piece.isPlain && hasRun(piece.value)))
    return NO_RISKS;
  const delimiters = new Set<string>();
  for (const piece of pieces)
    if (piece.type === 'delimiter') delimiters.add(dialect.delimiters[piece.run.format]?.charAt(0) ?? '');
  const texts = pieces.map((piece, index) =>
    piece.type === 'text' ? shownValue(piece, pieces[index + 1]) : '',
  );
  return risksIn(texts, delimiters);
}

/** A single text without formatting, as most content is. */
function textMarkdown(line: string, { place, isPart = false, anchors: { dialect } }: InlineOptions): string {
  if (isPlain(line, dialect)) return line;
  const [before, after] = isPart ? ['>', '<'] : ['', ''];
  const risks = isPart ? ALL_RISKS : risksIn([line]);
  return escapeText(line, { before, after, inLink: false, inCell: place === 'cell', risks, dialect });
}

const isBareText = (inline: Inline | undefined): inline is Extract<Inline, { type: 'text' }> =>
  inline?.type === 'text' && marksOf(inline).length === 0 && !inline.value.startsWith('[');

/** Inline content as Markdown, lines of a paragraph separated by line feeds. */
export function inlineMarkdown(all: readonly Inline[], options: InlineOptions): string {
  const [first] = all;
  if (all.length === 1 && isBareText(first)) return textMarkdown(oneLine(first.value), options);
  const list = new PieceList(options);
  for (const inline of normaliseMarks(withoutRepeatedAnchors(all, options.anchors))) list.add(inline);
  const pieces = list.end();
  const { place, isPart = false } = options;
  const { dialect } = options.anchors;
  const risks = isPart ? ALL_RISKS : risksOf(pieces, dialect);
  const escaping = { risks, dialect, inCell: place === 'cell' };
  settleAll(pieces, escaping);
  return write(pieces, options, escaping);
}
