import type { PageLink } from '../context.js';
import { paragraph, text } from '../document/nodes.js';
import type { List } from '../document/nodes.js';

/** Pages as links, with those below them, so many levels deep. */
export const pageList = (pages: readonly PageLink[], depth: number): List => ({
  type: 'list',
  ordered: false,
  items: pages.map(({ title, href, children = [] }) => {
    const label = paragraph(text(title, href === '' ? [] : [{ type: 'link', href }]));
    return { children: depth > 1 && children.length > 0 ? [label, pageList(children, depth - 1)] : [label] };
  }),
});
