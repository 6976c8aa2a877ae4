import { parseDocument } from 'htmlparser2';
import { toHtml } from './to-html.js';

type Node = ReturnType<typeof parseDocument>['children'][number];

const TAGS = new Set(
  (
    'a blockquote br code dd del details dl dt em h1 h2 h3 h4 h5 h6 hr img input li ol p pre small strong sub summary ' +
    'sup table td th tr u ul'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  'align alt checked class colspan disabled height href id rowspan src start title type width'.split(' '),
);
const SAFE_ADDRESS = /^(?!\s*(?:javascript|vbscript|data):)/i;

function problems(node: Node): readonly string[] {
  if (!('attribs' in node)) return [];
  const { attribs, children, name } = node;
  return [
    ...(TAGS.has(name) ? [] : [`<${name}>`]),
    ...Object.keys(attribs).filter((each) => !ATTRIBUTES.has(each)),
    ...[attribs.href, attribs.src].filter((each) => each !== undefined && !SAFE_ADDRESS.test(each)),
    ...children.flatMap(problems),
  ].map(String);
}

/** Elements, attributes and addresses in the rendered Markdown that are not on the safe list. */
export const unsafeHtml = (markdown: string): readonly string[] =>
  parseDocument(toHtml(markdown)).children.flatMap(problems);
