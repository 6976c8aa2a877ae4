import MarkdownIt from 'markdown-it';

const BOX = /^\[([ x])\]\s/;
const MARKER = /^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\](?:\n|$)/;

const renderer = new MarkdownIt({ html: true });

renderer.normalizeLink = (url) => url;
renderer.normalizeLinkText = (url) => url;

renderer.renderer.rules.fence = (tokens, index) => {
  const value = tokens[index]?.content.replace(/\n$/, '') ?? '';
  return `<pre><code>${renderer.utils.escapeHtml(value)}</code></pre>\n`;
};

renderer.renderer.rules.list_item_open = (tokens, index) => {
  const checked = tokens[index]?.meta?.checked;
  return checked === undefined ? '<li>' : `<li><input type="checkbox"${checked === true ? ' checked' : ''}>`;
};

/** What GitHub adds to CommonMark and markdown-it does not know: tasks, and alerts outside of all other blocks. */
renderer.core.ruler.before('inline', 'github', ({ tokens }) => {
  tokens.forEach((token, index) => {
    const content = tokens[index + 2];
    if (tokens[index + 1]?.type !== 'paragraph_open' || content === undefined) return;
    if (token.type === 'blockquote_open' && token.level === 0) {
      content.content = content.content.replace(MARKER, '');
    }
    const [found, state] = BOX.exec(content.content) ?? [];
    if (token.type === 'list_item_open' && found !== undefined) {
      token.meta = { checked: state === 'x' };
      content.content = content.content.slice(found.length);
    }
  });
});

/** Markdown as a page, by another parser: what only one of them understands is an accident. */
export const markdownItHtml = (markdown: string): string => renderer.render(markdown);
