import { SandboxError } from '../../errors/sandbox-error.js';

/** `text` was quoted, so it is never a keyword. */
export interface Token {
  readonly kind: 'word' | 'text' | 'symbol';
  readonly value: string;
}

const PATTERN = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|>=|<=|!~|[=<>~(),])|([^\s"'=<>~!(),]+))/y;

const unescape = (text: string): string => text.replace(/\\(.)/gs, '$1');

/** Cuts a CQL query into tokens; throws SandboxError where it cannot. */
export const tokenize = (cql: string): readonly Token[] => {
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  const text = cql.trimEnd();
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new SandboxError(`Could not parse cql : ${cql} (at character ${at + 1})`);
    const [, double, single, symbol, word] = match;
    const quoted = double ?? single;
    if (quoted !== undefined) tokens.push({ kind: 'text', value: unescape(quoted) });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', value: symbol });
    else tokens.push({ kind: 'word', value: word ?? '' });
  }
  return tokens;
};
