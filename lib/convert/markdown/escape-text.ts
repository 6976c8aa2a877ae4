import type { Dialect } from '../dialects/dialect.js';
import { isSpace } from './risks.js';
import type { Escaping } from './risks.js';

/** What stands around a text on its line; empty at the line's ends. */
interface Surroundings extends Escaping {
  readonly before: string;
  readonly after: string;
  /** Inside the text of a link brackets count, and addresses do not become links. */
  readonly inLink: boolean;
  /** In a cell of a table bars are escaped later, in addresses too. */
  readonly inCell: boolean;
}

const SPECIAL = /[\\`*_[\]<&~!]|:\/\/|www\./i;
const TOKEN = /\*+|_+|~+|[\\`[\]<&!]/g;
const URL = /(?:https?:\/\/|www\.)[^\s<>]*/gi;
const WORD = /[\p{L}\p{N}\p{M}]/u;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const ENTITY = /&#?[a-z0-9]{1,32};/iy;
const EMAIL = /<[^\s<>@]+@/y;
/** An address that angle brackets turn into a link, exactly as it is. */
export const ANGLE_URL = /^https?:\/\/(?:[^\s<>\\&]|&(?!#?[a-z0-9]{1,32};))*$/i;

/** Renderers let an address go on across all other white space. */
const endsAddress = (character: string): boolean => character === '' || /[ \t\n]/.test(character);

/** Whether a sticky pattern matches at an offset. */
function matchesAt(pattern: RegExp, text: string, offset: number): boolean {
  pattern.lastIndex = offset;
  return pattern.test(text);
}

type Place = Pick<Surroundings, 'inLink' | 'risks'>;

/** So many tildes begin a block of code. */
const SHORTEST_FENCE = 3;

/** Whether Markdown would read a token of this text as syntax; `isEnd`: what follows is no text. */
function isSyntax(
  token: string,
  before: string,
  after: string,
  { inLink, risks }: Place,
  isEnd: boolean,
): boolean {
  const character = token.charAt(0);
  switch (character) {
    case '*':
      return risks.has(character) && (!isSpace(before) || !isSpace(after));
    case '_':
      return (
        risks.has(character) &&
        !(isSpace(before) && isSpace(after)) &&
        !(WORD.test(before) && WORD.test(after))
      );
    case '~':
      return (
        token.length >= SHORTEST_FENCE ||
        (risks.has(character) && (token.length > 1 || !isSpace(before) || after === '*'))
      );
    case '\\':
      return PUNCTUATION.test(after);
    case '[':
      return inLink;
    case ']':
      return inLink || after === '(';
    case '<':
      return /[a-z/!?]/i.test(after);
    case '!':
      return isEnd && after === '[';
    default:
      return true;
  }
}

function escapeTokens(text: string, { before, after, ...place }: Omit<Surroundings, 'inCell'>): string {
  const { escape, special } = place.dialect;
  const escaped = text.replace(TOKEN, (token, offset: number) => {
    if (token === '&') return matchesAt(ENTITY, text, offset) ? escape('&') : '&';
    if (token === '<' && matchesAt(EMAIL, text, offset)) return escape('<');
    const end = offset + token.length;
    const previous = offset === 0 ? before : text.charAt(offset - 1);
    const next = end === text.length ? after : text.charAt(end);
    return isSyntax(token, previous, next, place, end === text.length) ? escape(token) : token;
  });
  return special === undefined
    ? escaped
    : escaped.replace(special, (found) =>
        found === '$' && !place.risks.has('$') ? found : escape(found.charAt(0)) + found.slice(1),
      );
}

/** An address without the punctuation that ends the sentence around it. */
function withoutPunctuation(url: string): string {
  let end = url.length;
  while (end > 0 && '.,:;!?\'"'.includes(url.charAt(end - 1))) end -= 1;
  return url.slice(0, end);
}

/** Addresses in plain text: renderers make links of them and take escapes in them literally. */
function escapeUrl(url: string, surroundings: Surroundings): string {
  const escaped = escapeTokens(url, surroundings);
  const hasBar = surroundings.inCell && url.includes('|');
  if (escaped === url && endsAddress(surroundings.after) && !hasBar) return url;
  const address = withoutPunctuation(url);
  if (ANGLE_URL.test(address) && !hasBar) {
    return `<${address}>${escapeTokens(url.slice(address.length), { ...surroundings, before: '>' })}`;
  }
  const { escape } = surroundings.dialect;
  return escaped.replace(/(?<=https?):(?=\/\/)|(?<=www)\./gi, escape);
}

/** Whether nothing in a text can be syntax, whatever stands around it. */
export const isPlain = (text: string, { special }: Dialect): boolean =>
  special === undefined && !SPECIAL.test(text);

/** Escapes what Markdown would take for syntax within a line, and no more. */
export function escapeText(text: string, surroundings: Surroundings): string {
  if (isPlain(text, surroundings.dialect)) return text;
  if (surroundings.inLink) return escapeTokens(text, surroundings);
  let escaped = '';
  let done = 0;
  for (const match of text.matchAll(URL)) {
    const [url] = match;
    const end = match.index + url.length;
    const address = escapeUrl(url, {
      before: match.index === 0 ? surroundings.before : text.charAt(match.index - 1),
      after: end === text.length ? surroundings.after : text.charAt(end),
      inLink: false,
      inCell: surroundings.inCell,
      risks: surroundings.risks,
      dialect: surroundings.dialect,
    });
    const before = done === 0 ? surroundings.before : text.charAt(done - 1);
    escaped += escapeTokens(text.slice(done, match.index), {
      before,
      after: address.charAt(0),
      inLink: false,
      risks: surroundings.risks,
      dialect: surroundings.dialect,
    });
    escaped += address;
    done = end;
  }
  const before = done === 0 ? surroundings.before : text.charAt(done - 1);
  return escaped + escapeTokens(text.slice(done), { ...surroundings, before });
}
