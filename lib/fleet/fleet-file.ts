import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { UsageError } from '../errors/usage-error.js';
import { type Definition, FleetFile } from './definition.js';

type Issue = NonNullable<ReturnType<typeof FleetFile.safeParse>['error']>['issues'][number];
type Path = readonly PropertyKey[];

const HINT = 'docs/fleet.md has the fleet file with all that it may say.';

const nameOf = (path: Path): string => (path.length === 0 ? 'the file' : path.map(String).join('.'));

/** The line of what stands at a path, or of the nearest thing around it. */
const lineOf = (document: Document.Parsed, path: Path, lines: LineCounter): number => {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  return path.length === 0 ? 1 : lineOf(document, path.slice(0, -1), lines);
};

/** What is wrong at which path; never what stands there, which may be a secret. */
const told = (issue: Issue): { readonly path: Path; readonly text: string } => {
  const { path, code, message } = issue;
  if (code === 'unrecognized_keys') {
    const [name = ''] = issue.keys;
    return { path: [...path, name], text: `there is no setting "${nameOf([...path, name])}".` };
  }
  const text = code === 'invalid_key' ? (issue.issues[0]?.message ?? message) : message;
  const isOwn = /^(?:must|goes) /.test(text);
  return {
    path,
    text: isOwn ? `${nameOf(path)} ${text}.` : `${nameOf(path)} must be something else: ${text}.`,
  };
};

/**
 * The tenants of a fleet file, in the order of their names.
 * @throws UsageError that names file, line and setting
 */
export const parseFleetFile = (file: string, text: string): readonly Definition[] => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined)
    // The parser's own message quotes what stands there, which may be a secret.
    throw new UsageError(
      `"${file}", line ${error.linePos?.[0].line ?? 1}: this is no YAML (${error.code.toLowerCase().replaceAll('_', ' ')}).`,
      { hint: error.code === 'BAD_ALIAS' ? 'What begins with * stands in quotes: spaces: "*".' : HINT },
    );
  const parsed = FleetFile.safeParse(document.toJS() ?? {});
  if (parsed.success) {
    const { failover, tenants } = parsed.data;
    return Object.entries(tenants)
      .map(([tenant, settings]) => ({ ...settings, tenant, failover }))
      .sort((a, b) => (a.tenant < b.tenant ? -1 : 1));
  }
  const [issue] = parsed.error.issues;
  const { path, text: what } = issue === undefined ? { path: [], text: 'it is no fleet file.' } : told(issue);
  throw new UsageError(`"${file}", line ${lineOf(document, path, lines)}: ${what}`, { hint: HINT });
};
