import type { Dialect } from '../dialects/dialect.js';

/** The characters whose runs in a text could pair up as delimiters. */
export type Risks = ReadonlySet<string>;

/** What escapes depend on beside the characters around. */
export interface Escaping {
  /** In a cell of a table bars are escaped later, in addresses too. */
  readonly inCell: boolean;
  readonly risks: Risks;
  readonly dialect: Dialect;
}

export const NO_RISKS: Risks = new Set();
export const ALL_RISKS: Risks = new Set('*_~$');

const RUN = /\*+|_+|~+|\$+/g;
const HAS_RUN = /[*_~$]/;
/** An address may get a bracket before it. */
const ADDRESS = /(?:https?:\/\/|www\.)/iy;
const WORD = /[\p{L}\p{N}\p{M}]/u;

/** Fewer than JavaScript knows: renderers do not agree on the others. */
const isSpace = (character: string): boolean => character === '' || /[ \t\n\u00a0]/.test(character);

export const hasRun = (text: string): boolean => HAS_RUN.test(text);

/** A small set: four characters at most. */
const withCharacter = (set: string, character: string): string =>
  set.includes(character) ? set : set + character;

/** The character after a run that ends at an offset, in a text with another after it or not. */
function characterAt(text: string, offset: number, isLast: boolean): string | undefined {
  if (offset === text.length) return isLast ? '' : undefined;
  ADDRESS.lastIndex = offset;
  return ADDRESS.test(text) ? undefined : text.charAt(offset);
}

/** Whether a run between two characters can open, and whether it can close; `undefined`: a character not known yet. */
function roles(
  character: string,
  before: string | undefined,
  after: string | undefined,
): { readonly opens: boolean; readonly closes: boolean } {
  const isApart = (each: string | undefined): boolean =>
    each === undefined || character !== '_' || !WORD.test(each);
  return {
    opens: (after === undefined || !isSpace(after)) && isApart(before),
    closes: (before === undefined || !isSpace(before)) && isApart(after),
  };
}

/**
 * The risks in texts that stand on one after the other with syntax between them, `delimiters` that are syntax included.
 * A lone run is none. Some renderers pair any two runs of asterisks; the other runs pair where one opens and a later one
 * closes.
 */
export function risksIn(texts: readonly string[], delimiters = NO_RISKS): Risks {
  if (!texts.some(hasRun)) return NO_RISKS;
  let risks = [...delimiters].join('');
  let seen = '';
  let opened = '';
  texts.forEach((text, index) => {
    RUN.lastIndex = 0;
    for (let found = RUN.exec(text); found !== null; found = RUN.exec(text)) {
      const { 0: run, index: start } = found;
      const character = run.charAt(0);
      const before = start > 0 ? text.charAt(start - 1) : index === 0 ? '' : undefined;
      const after = characterAt(text, start + run.length, index === texts.length - 1);
      const { opens, closes } = roles(character, before, after);
      if (character === '*' ? seen.includes('*') : closes && opened.includes(character))
        risks = withCharacter(risks, character);
      if (opens || closes) seen = withCharacter(seen, character);
      if (opens) opened = withCharacter(opened, character);
    }
  });
  return risks === '' ? NO_RISKS : new Set(risks);
}
