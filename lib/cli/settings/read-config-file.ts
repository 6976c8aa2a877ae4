import fs from 'node:fs';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Document,
  type Pair,
  parseDocument,
  type ParsedNode,
} from 'yaml';
import { UsageError } from '../../errors/usage-error.js';
import { closest } from '../closest.js';
import { kebab } from '../kebab.js';
import { unreadBecause } from '../unread-because.js';
import type { Flags } from './plain-booleans.js';
import { type Setting, settingOf, type Written } from './setting.js';

const WHAT_IT_IS = 'It must be JSON or YAML with the names of the flags, such as "space: DOCS".';

const read = (file: string): string => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`The config file "${file}" cannot be read${unreadBecause(cause)}.`, {
      cause,
      hint: 'Check --config (or RXSYNC_CONFIG).',
    });
  }
};

/** A config file that is being read. */
interface Source {
  readonly file: string;
  readonly document: Document.Parsed;
  readonly lineOf: (node: unknown) => number;
}

const at = ({ file }: Source, line: number): string => `"${file}", line ${line}`;

const twice = (source: Source, line: number, name = ''): UsageError =>
  new UsageError(`${at(source, line)}: the setting "${name}" stands there for the second time.`, {
    hint: 'Keep one of the two.',
  });

const open = (file: string): Source => {
  const lines = new LineCounter();
  const text = read(file);
  const document = parseDocument(text, { lineCounter: lines });
  const source: Source = {
    file,
    document,
    lineOf: (node) => {
      const range = isScalar(node) || isMap(node) || isSeq(node) ? node.range : undefined;
      return range ? lines.linePos(range[0]).line : 1;
    },
  };
  const [error] = document.errors;
  if (error === undefined) return source;
  const line = error.linePos?.[0].line ?? 1;
  if (error.code === 'DUPLICATE_KEY')
    throw twice(source, line, /^["']?([\w-]*)/.exec(text.slice(error.pos[0]))?.[1]);
  // The parser's own message quotes what stands there, which may be a secret.
  throw new UsageError(
    `${at(source, line)}: this is no YAML or JSON (${error.code.toLowerCase().replaceAll('_', ' ')}).`,
    {
      hint: error.code === 'BAD_ALIAS' ? 'What begins with * or & stands in quotes: space: "*".' : WHAT_IT_IS,
    },
  );
};

const textOf = (source: Source, node: ParsedNode, origin: string): string | undefined => {
  const value = isAlias(node) ? node.resolve(source.document) : node;
  if (!isScalar(value))
    throw new UsageError(`${origin} must be one value or a list of values.`, { hint: WHAT_IT_IS });
  // A name without a value sets nothing. Keys and ids may look like numbers: they are taken as they are written.
  return value.value === null ? undefined : (value.source ?? '');
};

const writtenOf = (source: Source, node: ParsedNode, origin: string): Written | undefined =>
  isSeq<ParsedNode>(node)
    ? node.items.flatMap((item) => textOf(source, item, origin) ?? [])
    : textOf(source, node, origin);

const nameOf = (key: ParsedNode): string => (isScalar(key) ? key.source : String(key));

const settingIn = (
  source: Source,
  { key, value }: Pair<ParsedNode, ParsedNode | null>,
  flags: Flags,
): Setting[] => {
  const name = nameOf(key);
  const flag = kebab(name);
  const line = source.lineOf(key);
  const options = Object.hasOwn(flags, flag) ? flags[flag] : undefined;
  if (options === undefined) {
    const guess = closest(flag, Object.keys(flags));
    throw new UsageError(
      `${at(source, line)}: there is no setting "${name}".${guess === undefined ? '' : ` Did you mean "${guess}"?`}`,
      { hint: 'rxsync pull --help lists the names.' },
    );
  }
  const origin = `${name} (${at(source, line)})`;
  const written = value === null ? undefined : writtenOf(source, value, origin);
  return written === undefined ? [] : [settingOf(flag, options, written, origin)];
};

/**
 * The settings of a config file, named as the flags, in kebab-case or camelCase.
 * @throws UsageError that names file and line
 */
export const readConfigFile = (file: string, flags: Flags): Setting[] => {
  const source = open(file);
  // JSON is YAML, too.
  const { contents } = source.document;
  if (contents === null) return [];
  if (isMap<ParsedNode, ParsedNode | null>(contents)) {
    const seen = new Set<string>();
    return contents.items.flatMap((pair) => {
      const name = kebab(nameOf(pair.key));
      if (seen.has(name)) throw twice(source, source.lineOf(pair.key), nameOf(pair.key));
      seen.add(name);
      return settingIn(source, pair, flags);
    });
  }
  throw new UsageError(
    `${at(source, source.lineOf(contents))}: ${isSeq(contents) ? 'a list stands' : 'a text stands'} where settings must.`,
    { hint: WHAT_IT_IS },
  );
};
