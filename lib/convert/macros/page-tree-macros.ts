import { follow, pushFollowed } from '../links/follow.js';
import type { BuiltInMacro } from './built-in.js';
import type { MacroElement } from './macro-element.js';
import { pageList } from './page-list.js';
import { pageParameter } from './page-parameter.js';
import { macroComment } from './unknown-macro.js';

const DEEPEST = 20;

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
    } else if (pages.length > 0) scope.push(pageList(pages, depthOf(macro, usualDepth)));
  };

/** Lists of child pages. */
export const pageTreeMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['children', tree(1)],
  ['pagetree', tree(DEEPEST)],
];
