/** What only escapes can say, or what should not stand in a file as it is. */
const NEEDS_ESCAPES = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff\\]/u;
/** Words and numbers that begin with a letter and are no texts to YAML 1.1. */
const NO_TEXT = /^(?:y|yes|n|no|true|false|on|off|null|e[-+]?\d+)$/i;
/** What ends a plain scalar, or is not kept by one. */
const ENDS_PLAIN = /: |:$| #| $/;
const BEGINS_WITH_LETTER = /^\p{L}/u;
/** Ids and times, which are texts here. */
const NUMBER_OR_TIME = /^\d+(?:-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)?$/;

/** A text between quotes that it does not hold; `undefined` when it holds both. */
function quoted(value: string): string | undefined {
  if (!value.includes('"')) return `"${value}"`;
  return value.includes("'") ? undefined : `'${value}'`;
}

/** A text as a scalar of YAML 1.1 and 1.2 on one line; `undefined` when that takes more than quotes. */
function scalar(value: string): string | undefined {
  if (NEEDS_ESCAPES.test(value)) return undefined;
  if (NUMBER_OR_TIME.test(value)) return quoted(value);
  if (!BEGINS_WITH_LETTER.test(value)) return undefined;
  return NO_TEXT.test(value) || ENDS_PLAIN.test(value) ? quoted(value) : value;
}

/** A longer key takes another form. */
const LONGEST_KEY = 100;

const isList = (value: object): value is readonly unknown[] => Array.isArray(value);

/** What follows a key, on its line and below; `undefined` for what is not as simple. */
function valueLines(value: unknown): string | undefined {
  if (typeof value === 'string') return inlineLine(scalar(value));
  if (typeof value === 'number') return inlineLine(Number.isSafeInteger(value) ? String(value) : undefined);
  if (typeof value !== 'object' || value === null) return undefined;
  const below = isList(value) ? listLines(value) : simpleYaml(value, '  ');
  return below === undefined || below === '' ? undefined : `\n${below}`;
}

const inlineLine = (shown: string | undefined): string | undefined =>
  shown === undefined ? undefined : ` ${shown}\n`;

function listLines(values: readonly unknown[]): string | undefined {
  let yaml = '';
  for (const value of values) {
    const shown = typeof value === 'string' ? scalar(value) : undefined;
    if (shown === undefined) return undefined;
    yaml += `  - ${shown}\n`;
  }
  return yaml;
}

/**
 * A record of texts, whole numbers, lists of texts and records of them as YAML, as the `yaml` package writes it;
 * `undefined` where a text takes more than quotes, or something else is in it.
 */
export function simpleYaml(record: object, indent = ''): string | undefined {
  let yaml = '';
  for (const [key, value] of Object.entries(record)) {
    const name = key.length > LONGEST_KEY ? undefined : scalar(key);
    const isDeep = indent !== '' && typeof value !== 'string';
    const lines = name === undefined || isDeep ? undefined : valueLines(value);
    if (name === undefined || lines === undefined) return undefined;
    yaml += `${indent}${name}:${lines}`;
  }
  return yaml;
}
