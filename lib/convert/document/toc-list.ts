import type { PageAnchors } from '../links/page-anchors.js';
import { paragraph, text } from './nodes.js';
import { headingFilter } from './heading-filter.js';
import type { Heading, List, ListItem, TableOfContents } from './nodes.js';
import { plainText } from './plain-text.js';

/** The headings from `start` until one at `depth` or above, nested by depth. */
function sectionEnd(headings: readonly Heading[], start: number, end: number, depth: number): number {
  let index = start;
  while (index < end && (headings[index]?.depth ?? 0) > depth) index += 1;
  return index;
}

const list = (items: readonly ListItem[]): List => ({ type: 'list', ordered: false, items });

function itemsOf(
  headings: readonly Heading[],
  anchors: PageAnchors,
  start = 0,
  end = headings.length,
): readonly ListItem[] {
  const items: ListItem[] = [];
  let index = start;
  for (let heading = headings[index]; heading !== undefined && index < end; heading = headings[index]) {
    const next = sectionEnd(headings, index + 1, end, heading.depth);
    const label = text(plainText(heading.children), [{ type: 'link', href: anchors.hrefOfHeading(heading) }]);
    const below = itemsOf(headings, anchors, index + 1, next);
    items.push({ children: below.length === 0 ? [paragraph(label)] : [paragraph(label), list(below)] });
    index = next;
  }
  return items;
}

const filterOf = (pattern: string | undefined): ((heading: string) => boolean) | undefined =>
  pattern === undefined ? undefined : headingFilter(pattern);

/** The headings of the page as nested links. */
export function tocList(
  { minDepth, maxDepth, include, exclude }: TableOfContents,
  anchors: PageAnchors,
): List {
  const isIncluded = filterOf(include) ?? (() => true);
  const isExcluded = filterOf(exclude) ?? (() => false);
  const listed = anchors.headings().filter(({ depth, children }) => {
    const name = plainText(children);
    return depth >= minDepth && depth <= maxDepth && isIncluded(name) && !isExcluded(name);
  });
  return list(itemsOf(listed, anchors));
}
