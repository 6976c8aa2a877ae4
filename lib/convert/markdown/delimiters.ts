import type { TextStyle } from '../document/nodes.js';

export const TAGS: Readonly<Record<TextStyle, string>> = {
  strong: 'strong',
  emphasis: 'em',
  delete: 'del',
  underline: 'u',
  subscript: 'sub',
  superscript: 'sup',
  small: 'small',
};

/** One end of a formatted run; both ends share the run. */
export interface Delimiter {
  readonly type: 'delimiter';
  readonly opens: boolean;
  readonly run: Run;
}

/** A formatted run; `html` once a delimiter at either end would not work. */
export interface Run {
  readonly format: TextStyle;
  html: boolean;
}

const SPACE = /^\s?$/u;
/** What is white space to every renderer. */
const CERTAIN_SPACE = /^[\p{Zs}\t\n]?$/u;
const PUNCTUATION = /[\p{P}\p{S}]/u;
const CERTAIN_PUNCTUATION = /[!-/:-@[-`{-~\p{P}]/u;

/**
 * Whether a delimiter run works with `outer` and `inner` beside it (CommonMark: left- and right-flanking). Symbols
 * count as punctuation, and rare spaces as white space, to some parsers only, so they never help and always hinder.
 */
const flanks = (outer: string, inner: string): boolean =>
  !SPACE.test(inner) &&
  (!PUNCTUATION.test(inner) || CERTAIN_SPACE.test(outer) || CERTAIN_PUNCTUATION.test(outer));

const atEdge = (outer: string, inner: string): boolean =>
  !SPACE.test(inner) && (CERTAIN_SPACE.test(outer) || CERTAIN_PUNCTUATION.test(outer));

/** Stands for what a delimiter is beside another. */
const DELIMITER = '*';

/** Whether an opening delimiter could as well be a closing one. */
const couldClose = (outer: string, inner: string): boolean =>
  !CERTAIN_SPACE.test(outer) && (!CERTAIN_PUNCTUATION.test(outer) || PUNCTUATION.test(inner));

/**
 * Decides on the delimiters that stand together between two characters: the ones that would not work become HTML. In
 * another run (`isInside`) none opens that could close that one.
 */
export function settleDelimiters(
  group: readonly Delimiter[],
  before: string,
  after: string,
  isInside: boolean,
): void {
  const opening = group.filter(({ opens }) => opens);
  const closing = group.filter(({ opens }) => !opens);
  const isMixed = opening.length > 0 && closing.length > 0;
  const next = isMixed ? '<' : after;
  const outer = opening.length > 1 ? DELIMITER : before;
  const inner = opening.length > 1 ? DELIMITER : after;
  const isClear = !isInside || !(couldClose(before, inner) || couldClose(outer, after));
  const opensWell =
    !isMixed && isClear && (opening.length > 1 ? atEdge(before, after) : flanks(before, after));
  const closesWell = closing.length > 1 ? atEdge(next, before) : flanks(next, before);
  if (!opensWell) for (const { run } of opening) run.html = true;
  if (!closesWell) for (const { run } of closing) run.html = true;
}
