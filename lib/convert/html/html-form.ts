import type { Code } from '../document/nodes.js';
import type { PageAnchors } from '../links/page-anchors.js';
import type { ContentForm } from './block-writer.js';
import { escapeAttribute, escapeHtml } from './escape-html.js';
import { inlineHtml } from './inline-html.js';
import { textHtml } from './text-html.js';

/** Blank lines end HTML in Markdown, so in preformatted text they become character references. */
const preText = (value: string): string => escapeHtml(value).replace(/\n(?=[ \t]*(?:\n|$))/g, '&#10;');

function code({ value, lang }: Code): string {
  const language = lang === undefined ? '' : ` class="language-${escapeAttribute(lang)}"`;
  return `<pre><code${language}>${preText(value)}</code></pre>`;
}

/** Content as HTML. */
export const htmlForm = (anchors: PageAnchors): ContentForm => ({
  anchors,
  line: '\n',
  ofBlocks: '',
  ofText: '',
  inline: (inlines) => inlineHtml(inlines, anchors),
  paragraph: (inlines) => `<p>${inlineHtml(inlines, anchors)}</p>`,
  code,
  text: (value) => textHtml(value, anchors.dialect),
  prepared: (blocks) => blocks,
});
