import type { TableOfContents } from '../document/nodes.js';
import type { BuiltInMacro } from './built-in.js';
import type { MacroElement } from './macro-element.js';
import { unknownMacro } from './unknown-macro.js';

function level(value: string | undefined, fallback: number): number {
  const depth = Number.parseInt(value ?? '', 10);
  return depth >= 1 && depth <= 6 ? depth : fallback;
}

const contents = (macro: MacroElement): TableOfContents => ({
  type: 'toc',
  minDepth: level(macro.parameter('minLevel'), 1),
  maxDepth: level(macro.parameter('maxLevel'), 6),
  include: macro.parameter('include'),
  exclude: macro.parameter('exclude'),
});

const toc: BuiltInMacro = (macro, scope) => {
  if (scope.page.expansions.take('toc')) scope.push(contents(macro));
  else unknownMacro(macro, scope);
};

const tocZone: BuiltInMacro = (macro, scope) => {
  const isBelow = macro.parameter('location') === 'bottom';
  const list = scope.page.expansions.take('toc') ? [contents(macro)] : [];
  if (!isBelow) scope.push(...list);
  macro.write(scope);
  if (isBelow) scope.push(...list);
};

/** Tables of contents. */
export const tocMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['toc', toc],
  ['toc-zone', tocZone],
];
