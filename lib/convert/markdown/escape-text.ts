import type { Dialect } from '../dialects/dialect.js';
import { isolateDollars } from '../html/isolate-dollars.js';
import type { Escaping } from './risks.js';
import { UNSAFE } from './unsafe.js';
import type { Unsafe } from './unsafe.js';

/** What stands around a text on its line; empty at the line's ends. */
interface Surroundings extends Escaping {
  readonly before: string;
  readonly after: string;
  /** Inside the text of a link brackets count, and addresses do not become links. */
  readonly inLink: boolean;
  /** Where an element would show or change what stands there, as in code, addresses and the texts of pictures. */
  readonly noElements?: true;
}

/** A quick look for any of them, and for addresses. */
const SPECIAL = /[\\`*_[\]<&~!$]|:\/\/|www\./i;
/** Runs of the characters that rows tell of, those that come in runs. */
const TOKEN = /\*+|_+|~+|[\\`[\]<&!]/g;
const ADDRESS = /:\/\/|www\./i;
const URL = /(?:https?:\/\/|www\.)[^\s<>]*/gi;
/** An address that angle brackets turn into a link, exactly as it is. */
export const ANGLE_URL = /^https?:\/\/(?:[^\s<>\\&]|&(?!#?[a-z0-9]{1,32};))*$/i;

/** Renderers let an address go on across all other white space. */
const endsAddress = (character: string): boolean => character === '' || /[ \t\n]/.test(character);

/** Whether a sticky pattern matches at an offset. */
function matchesAt(pattern: RegExp, text: string, offset: number): boolean {
  pattern.lastIndex = offset;
  return pattern.test(text);
}

/** The rows by their character. */
const ROWS: ReadonlyMap<string, readonly Unsafe[]> = new Map(
  UNSAFE.map(({ character }) => [character, UNSAFE.filter((row) => row.character === character)]),
);

/** Whether all that a row says holds for a run in a text; `before` and `after`: what stands beside it. */
const holds = (
  row: Unsafe,
  text: string,
  offset: number,
  length: number,
  { before, after, inLink, risks }: Surroundings,
): boolean =>
  (row.paired !== true || risks.has(row.character)) &&
  (row.least === undefined || length >= row.least) &&
  (row.inLink !== true || inLink) &&
  (row.atEnd !== true || offset + length === text.length) &&
  (row.before === undefined || row.before.test(offset === 0 ? before : text.charAt(offset - 1))) &&
  (row.after === undefined ||
    row.after.test(offset + length === text.length ? after : text.charAt(offset + length))) &&
  (row.rest === undefined || matchesAt(row.rest, text + after, offset));

function isUnsafe(run: string, text: string, offset: number, place: Surroundings): boolean {
  for (const row of ROWS.get(run.charAt(0)) ?? [])
    if (holds(row, text, offset, run.length, place)) return true;
  return false;
}

function escapeTokens(text: string, place: Surroundings): string {
  const { dollars, escape, special } = place.dialect;
  const escaped = text.replace(TOKEN, (run, offset: number) =>
    isUnsafe(run, text, offset, place) ? escape(run) : run,
  );
  if (!dollars && place.noElements !== true) return isolateDollars(escaped, place.after);
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
  const escaped = escapeTokens(url, { ...surroundings, noElements: true });
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
export function escapeText(text: string, place: Surroundings): string {
  if (isPlain(text, place.dialect)) return text;
  if (place.inLink || !ADDRESS.test(text)) return escapeTokens(text, place);
  let escaped = '';
  let done = 0;
  for (const match of text.matchAll(URL)) {
    const [url] = match;
    const end = match.index + url.length;
    const before = match.index === 0 ? place.before : text.charAt(match.index - 1);
    const after = end === text.length ? place.after : text.charAt(end);
    const address = escapeUrl(url, { ...place, before, after });
    escaped += escapeTokens(text.slice(done, match.index), {
      ...place,
      before: done === 0 ? place.before : text.charAt(done - 1),
      after: address.charAt(0),
    });
    escaped += address;
    done = end;
  }
  const before = done === 0 ? place.before : text.charAt(done - 1);
  return escaped + escapeTokens(text.slice(done), { ...place, before });
}
