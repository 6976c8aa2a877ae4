import type { PageLink } from '../context.js';
import { paragraph, text } from '../document/nodes.js';
import type { List } from '../document/nodes.js';
import { follow, pushFollowed } from '../links/follow.js';
import type { BuiltInMacro } from './built-in.js';
import type { MacroElement } from './macro-element.js';
import { pageParameter } from './page-parameter.js';
import { macroComment } from './unknown-macro.js';

const DEEPEST = 20;

const list = (pages: readonly PageLink[], depth: number): List => ({
  type: 'list',
  ordered: false,
  items: pages.map(({ title, href, children = [] }) => {
    const label = paragraph(text(title, href === '' ? [] : [{ type: 'link', href }]));
    return { children: depth > 1 && children.length > 0 ? [label, list(children, depth - 1)] : [label] };
  }),
});

function depthOf(macro: MacroElement, usual: number): number {
  if (macro.parameter('all', 'allChildren') === 'true') return DEEPEST;
  const depth = Number.parseInt(macro.parameter('depth') ?? '', 10);
  return depth > 0 ? Math.min(depth, DEEPEST) : usual;
}

/** The pages below a page as links; where they are not known, a comment and a link to that page. */
const tree =
  (usualDepth: number): BuiltInMacro =>
  (macro, scope) => {
    const page = pageParameter(macro, 'page', 'root', 'rootPage');
    const pages = scope.page.expansions.take('content')
      ? scope.page.context.children?.(page ?? scope.page.owner)
      : undefined;
    if (pages === undefined) {
      scope.push(macroComment(macro));
      if (page !== undefined) pushFollowed(follow(page, scope), scope);
    } else if (pages.length > 0) scope.push(list(pages, depthOf(macro, usualDepth)));
  };

/** Lists of child pages. */
export const pageTreeMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['children', tree(1)],
  ['pagetree', tree(DEEPEST)],
];
