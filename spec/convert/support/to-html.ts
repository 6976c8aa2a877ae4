import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

type Parent = ReturnType<typeof fromMarkdown>;
type Node = Parent['children'][number];

const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const TAGS: Readonly<Record<string, string>> = {
  paragraph: 'p',
  blockquote: 'blockquote',
  listItem: 'li',
  strong: 'strong',
  emphasis: 'em',
  delete: 'del',
  table: 'table',
  tableRow: 'tr',
  tableCell: 'td',
};

const inside = (tag: string, node: Node): string =>
  `<${tag}>${'children' in node ? node.children.map(nodeHtml).join('') : ''}</${tag}>`;

function nodeHtml(node: Node): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.value);
    case 'html':
      return node.value;
    case 'inlineCode':
      return `<code>${escapeHtml(node.value)}</code>`;
    case 'code':
      return `<pre><code>${escapeHtml(node.value)}</code></pre>`;
    case 'break':
      return '<br>';
    case 'thematicBreak':
      return '<hr>';
    case 'link':
      return `<a href="${escapeHtml(node.url)}">${node.children.map(nodeHtml).join('')}</a>`;
    case 'image':
      return `<img src="${escapeHtml(node.url)}" alt="${escapeHtml(node.alt ?? '')}">`;
    case 'list':
      return inside(node.ordered === true ? 'ol' : 'ul', node);
    case 'listItem': {
      const box = node.checked === true ? ' checked' : '';
      return typeof node.checked === 'boolean'
        ? inside('li', node).replace('<li>', `<li><input type="checkbox"${box}>`)
        : inside('li', node);
    }
    case 'heading':
      return inside(`h${node.depth}`, node);
    default:
      return inside(TAGS[node.type] ?? `unexpected-${node.type}`, node);
  }
}

const MARKER = /^<blockquote><p>\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\](?:\n|<\/p>)/;

/** GitHub's alerts: quotations outside of all others whose first line is a marker, which does not show. */
const alertHtml = (node: Node): string => nodeHtml(node).replace(MARKER, '<blockquote><p>');

/** Markdown as a page, by a real Markdown parser with GitHub's extensions. */
export const toHtml = (markdown: string): string =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
    .children.map(alertHtml)
    .join('\n');
