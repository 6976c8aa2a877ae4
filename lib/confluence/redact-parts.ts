/** So long a part of a secret is not told: shorter ones stand in other words, too. */
const PART = 12;
const REDACTED = '[redacted]';

/** A character as it is meant, with where it stands in the text. */
interface Unit {
  readonly char: string;
  readonly from: number;
  readonly to: number;
}

/** Names of HTML for signs that stand in tokens, in Base64 and in addresses. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  plus: '+',
  equals: '=',
  sol: '/',
  bsol: '\\',
  colon: ':',
  commat: '@',
  period: '.',
  lowbar: '_',
  percnt: '%',
};

const ESCAPE = /%([\da-f]{2})|&#(\d{1,6});?|&#x([\da-f]{1,5});?|&([a-z]{2,6});|\\u([\da-f]{4})|\\(["'\\/])/gi;
/** Escapes of escapes of escapes. */
const PASSES = 3;

const ofCode = (digits: string | undefined, radix: number): string | undefined =>
  digits === undefined ? undefined : String.fromCharCode(parseInt(digits, radix));

const meaningOf = ([, percent, decimal, hex, name, unicode, sign]: RegExpMatchArray): string | undefined =>
  ofCode(percent, 16) ??
  ofCode(decimal, 10) ??
  ofCode(hex, 16) ??
  (name === undefined ? undefined : NAMED[name.toLowerCase()]) ??
  ofCode(unicode, 16) ??
  sign;

const unescapeOnce = (units: readonly Unit[]): readonly Unit[] => {
  const text = units.map(({ char }) => char).join('');
  const plain: Unit[] = [];
  let done = 0;
  for (const match of text.matchAll(ESCAPE)) {
    const char = meaningOf(match);
    const [first, last] = [units[match.index], units[match.index + match[0].length - 1]];
    if (char === undefined || first === undefined || last === undefined) continue;
    plain.push(...units.slice(done, match.index), { char, from: first.from, to: last.to });
    done = match.index + match[0].length;
  }
  return done === 0 ? units : [...plain, ...units.slice(done)];
};

/** The text without white space and escapes: lines may be broken anywhere. */
const unitsOf = (text: string): readonly Unit[] => {
  let units: readonly Unit[] = [...text.matchAll(/\S/g)].map(({ 0: char, index }) => ({
    char,
    from: index,
    to: index + 1,
  }));
  for (let pass = 0; pass < PASSES; pass += 1) units = unescapeOnce(units);
  return units;
};

const partsOf = (secret: string): string[] =>
  Array.from({ length: Math.max(0, secret.length - PART + 1) }, (_, at) => secret.slice(at, at + PART));

/** Of what the wiki says so much is looked through, character by character, and told. */
const MOST_CHARACTERS = 10_000;

/**
 * Takes out of a text what is a part of a secret, however it is escaped, broken into lines or cut off. Of a text that goes on and on
 * the beginning is left.
 */
export const createRedactParts = (secrets: readonly string[]): ((text: string) => string) => {
  const parts = new Set(secrets.map((secret) => secret.replace(/\s/g, '')).flatMap(partsOf));
  return (whole) => {
    const text = whole.length > MOST_CHARACTERS ? `${whole.slice(0, MOST_CHARACTERS)}…` : whole;
    if (parts.size === 0 || text.length < PART) return text;
    const units = unitsOf(text);
    const plain = units.map(({ char }) => char).join('');
    let told = '';
    let done = 0;
    for (let at = 0; at + PART <= plain.length; at += 1) {
      if (!parts.has(plain.slice(at, at + PART))) continue;
      let end = at + PART;
      while (parts.has(plain.slice(end - PART + 1, end + 1)) && end < plain.length) end += 1;
      const [first, last] = [units[at], units[end - 1]];
      if (first === undefined || last === undefined) break;
      told += text.slice(done, first.from) + REDACTED;
      done = last.to;
      at = end - 1;
    }
    return told + text.slice(done);
  };
};
