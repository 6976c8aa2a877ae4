import { marksOf, oneLine } from '../document/nodes.js';
import type { Comment, Image, Inline, Link, Mark } from '../document/nodes.js';
import { normaliseMarks, sharedMarks } from '../document/normalise-marks.js';
import { withoutRepeatedAnchors } from '../links/page-anchors.js';
import type { PageAnchors } from '../links/page-anchors.js';
import { TAGS } from '../markdown/delimiters.js';
import { escapeAttribute, escapeHtml } from './escape-html.js';
import { textHtml } from './text-html.js';

const attribute = (name: string, value: string | number | undefined): string =>
  value === undefined || value === '' ? '' : ` ${name}="${escapeAttribute(String(value))}"`;

export const imageHtml = ({ href, alt, title, width, height }: Image): string =>
  `<img src="${escapeAttribute(href)}" alt="${escapeAttribute(alt)}"${attribute('title', title)}${attribute('width', width)}${attribute('height', height)}>`;

/** A comment on one line that nothing in its text can end. */
export const commentHtml = ({ value }: Comment): string =>
  `<!-- ${value
    .replace(/\s+/g, ' ')
    .replace(/-(?=-)/g, '- ')
    .replace(/[<>]/g, (bracket) => (bracket === '<' ? '‹' : '›'))
    .trim()} -->`;

const linkTag = ({ href, title, anchor }: Link, anchors: PageAnchors): string =>
  `<a href="${escapeAttribute(href === '' ? anchors.hrefOf(anchor ?? '') : href)}"${attribute('title', title)}>`;

const opening = (mark: Mark, anchors: PageAnchors): string =>
  typeof mark === 'string' ? `<${TAGS[mark]}>` : linkTag(mark, anchors);

const closing = (mark: Mark): string => (typeof mark === 'string' ? `</${TAGS[mark]}>` : '</a>');

function content(inline: Inline, anchors: PageAnchors): string {
  switch (inline.type) {
    case 'text':
      return textHtml(inline.value, anchors.dialect);
    case 'inlineCode':
    case 'inlineMath':
      return `<code>${escapeHtml(oneLine(inline.value))}</code>`;
    case 'break':
      return '<br>';
    case 'image':
      return imageHtml(inline);
    case 'anchor':
      return `<a id="${escapeAttribute(anchors.idOf(inline.name))}"></a>`;
    case 'comment':
      return commentHtml(inline);
  }
}

/** Inline content as HTML on one line. */
export function inlineHtml(inlines: readonly Inline[], anchors: PageAnchors): string {
  const open: Mark[] = [];
  let html = '';
  for (const inline of [...normaliseMarks(withoutRepeatedAnchors(inlines, anchors)), undefined]) {
    const marks = inline === undefined ? [] : marksOf(inline);
    const shared = sharedMarks(open, marks);
    for (const mark of open.splice(shared).reverse()) html += closing(mark);
    for (const mark of marks.slice(shared)) {
      html += opening(mark, anchors);
      open.push(mark);
    }
    if (inline !== undefined) html += content(inline, anchors);
  }
  return html;
}
