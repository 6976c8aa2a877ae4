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
  const { type, value, inLink, inCell } = content;
  if (type !== 'text' || !ADDRESS.test(value)) return value;
  return escapeText(value, { before: '*', after: following(next), inLink, inCell, ...escaping });
}

const firstCharacter = (content: Content | undefined, next: Piece | undefined, escaping: Escaping): string =>
  content === undefined || content.type === 'break'
    ? ''
    : String.fromCodePoint(writtenText(content, next, escaping).codePointAt(0) ?? 32);

const lastCharacter = (content: Content | undefined, next: Piece | undefined, escaping: Escaping): string =>
  content === undefined || content.type === 'break'
    ? ''
    : (/.$/su.exec(writtenText(content, next, escaping).slice(-2))?.[0] ?? '');

/** Settles each group of delimiters that has no content between. */
function settleAll(pieces: readonly Piece[], escaping: Escaping): void {
  if (!pieces.some(({ type }) => type === 'delimiter')) return;
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

/** What stands around a text. */
interface Around {
  readonly before: string;
  /** What follows the last of the content. */
  readonly end: string;
  readonly escaping: Escaping;
}

/** A text without the white space before a line break. */
const shownValue = ({ value }: Content, next: Piece | undefined): string =>
  next?.type === 'break' ? value.trimEnd() : value;

function textOf(text: Content, next: Piece | undefined, { before, end, escaping }: Around): string {
  const value = shownValue(text, next);
  if (isPlain(value, escaping.dialect)) return value;
  const after = next?.type === 'syntax' ? next.value.charAt(0) : next === undefined ? end : following(next);
  return escapeText(value, { before, after, inLink: text.inLink, inCell: text.inCell, ...escaping });
}

function write(pieces: readonly Piece[], isPart: boolean, escaping: Escaping): string[] {
  const end = isPart ? '<' : '';
  const parts: string[] = [];
  pieces.forEach((piece, index) => {
    if (piece.type === 'delimiter') parts.push(delimiterText(piece, escaping.dialect));
    else if (piece.type !== 'text') parts.push(piece.value);
    else {
      const start = isPart ? '>' : '';
      const before = index === 0 ? start : (parts.at(-1)?.slice(-1).replace('\n', '') ?? '');
      parts.push(textOf(piece, pieces[index + 1], { before, end, escaping }));
    }
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

/** The risks in content, with the delimiters that formats may get. */
function risksOf(pieces: readonly Piece[], dialect: Dialect): Risks {
  if (!pieces.some((piece) => piece.type === 'text' && hasRun(piece.value))) return NO_RISKS;
  const delimiters = new Set<string>();
  for (const piece of pieces)
    if (piece.type === 'delimiter') delimiters.add(dialect.delimiters[piece.run.format]?.charAt(0) ?? '');
  const texts = pieces.map((piece, index) =>
    piece.type === 'text' ? shownValue(piece, pieces[index + 1]) : '',
  );
  return risksIn(texts, delimiters);
}

/** Inline content as Markdown, lines of a paragraph separated by line feeds. */
export function inlineMarkdown(all: readonly Inline[], options: InlineOptions): string {
  const inlines = withoutRepeatedAnchors(all, options.anchors);
  const { isPart = false } = options;
  const { dialect } = options.anchors;
  const [first, second] = inlines;
  if (
    first?.type === 'text' &&
    second === undefined &&
    marksOf(first).length === 0 &&
    !first.value.startsWith('[')
  ) {
    const line = oneLine(first.value);
    if (isPlain(line, dialect)) return line;
    return escapeText(line, {
      before: isPart ? '>' : '',
      after: isPart ? '<' : '',
      inLink: false,
      inCell: options.place === 'cell',
      risks: isPart ? ALL_RISKS : risksIn([line]),
      dialect,
    });
  }
  const list = new PieceList(options);
  for (const inline of normaliseMarks(inlines)) list.add(inline);
  const pieces = list.end();
  const escaping = { risks: isPart ? ALL_RISKS : risksOf(pieces, dialect), dialect };
  settleAll(pieces, escaping);
  const parts = write(pieces, isPart, escaping);
  if (options.place === 'paragraph') escapeLabels(parts, pieces);
  return parts.join('');
}
